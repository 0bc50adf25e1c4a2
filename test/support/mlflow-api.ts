/** A small client of MLflow's REST API for tests: JSON in, JSON out, and an error for what is not a 200. */
export class MlflowApi {
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.#base = `${url}/api/2.0/mlflow/`;
    this.#headers = headers;
  }

  post(path: string, body: unknown): Promise<Record<string, unknown>> {
    return this.send('POST', path, body);
  }

  patch(path: string, body: unknown): Promise<Record<string, unknown>> {
    return this.send('PATCH', path, body);
  }

  async send(method: string, path: string, body: unknown): Promise<Record<string, unknown>> {
    const headers = { ...this.#headers, 'content-type': 'application/json' };
    return this.#answer(await fetch(this.#base + path, { method, headers, body: JSON.stringify(body) }));
  }

  async get(path: string, query: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
    const url = `${this.#base}${path}?${new URLSearchParams(query).toString()}`;
    return this.#answer(await fetch(url, { headers: this.#headers }));
  }

  async #answer(response: Response): Promise<Record<string, unknown>> {
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  }
}
