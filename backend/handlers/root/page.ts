import { createHash } from 'node:crypto';
import type { Handler } from '../../handler.ts';
import { mlflowVersion } from '../../manifest/index.ts';
import { trackingUriOf } from './tracking-uri.ts';

const style = `
  :root { color-scheme: light dark; --line: #8884; --accent: #0a7bc2; }
  body { font: 16px/1.55 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1.25rem; }
  h1 { font-size: 1.7rem; margin-bottom: .25rem; }
  h1 + p { margin-top: 0; opacity: .75; }
  pre { border: 1px solid var(--line); border-left: 4px solid var(--accent); border-radius: 6px; padding: 1rem; overflow-x: auto; }
  code { font: .9rem/1.5 ui-monospace, monospace; }
  footer { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: .75rem; font-size: .85rem; opacity: .75; }
`;

/** Nothing but this one style sheet: no script, no frame, no form, no request. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page behind the links that MLflow's client prints: where one is, and what to paste into Python. */
export const page: Handler<'root.page'> = (call) => {
  const uri = trackingUriOf((name) => call.header(name));
  const hello =
    call.context.caller.user === undefined
      ? ''
      : `<p>You are <strong>${escaped(call.context.caller.user)}</strong>.</p>`;
  return Promise.resolve({
    status: 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
    },
    body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kirka for Knox</title>
<style>${style}</style>
</head>
<body>
<h1>Kirka for Knox</h1>
<p>MLflow tracking behind Apache Knox, answering as MLflow ${mlflowVersion}.</p>
${hello}
<p>The tracking URI is <code>${escaped(uri)}</code>. In Python:</p>
<pre><code>${escaped(pythonFor(uri))}</code></pre>
<p>There is no web interface here: a link that MLflow prints to an experiment or a run leads to this page. What was
logged is read with the same client, for instance <code>mlflow.search_runs(experiment_names=["demo"])</code>.</p>
<footer><a href="https://mlflow.org/docs/${mlflowVersion}/">Documentation of MLflow ${mlflowVersion}</a></footer>
</body>
</html>
`,
  });
};

function pythonFor(uri: string): string {
  return `import os
import mlflow

os.environ["MLFLOW_TRACKING_USERNAME"] = "your user"
os.environ["MLFLOW_TRACKING_PASSWORD"] = "your password"

mlflow.set_tracking_uri(${JSON.stringify(uri)})
mlflow.set_experiment("demo")
with mlflow.start_run():
    mlflow.log_param("alpha", 0.5)
    mlflow.log_metric("loss", 0.25)`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
