/** Of npm `webhdfs` 1.2.0, which has no types, what is used here; its underscored methods are replaced by ours. */
declare module 'webhdfs' {
  export type Done = (error: unknown) => void;
  export type Answered = (error: unknown, response?: { readonly body: unknown }, body?: unknown) => void;

  export interface WebHdfsClient {
    mkdir(path: string, mode: string, done: Done): void;
    chmod(path: string, mode: string, done: Done): void;
    rename(path: string, destination: string, done: Done): void;
    unlink(path: string, recursive: boolean, done: Done): void;
    stat(path: string, done: (error: unknown, status?: unknown) => void): void;
    _getOperationEndpoint(operation: string, path: string, parameters?: Readonly<Record<string, unknown>>): string;
    _sendRequest(method: string, url: string, answered: Answered): void;
  }

  const webhdfs: { createClient(options: Readonly<Record<string, unknown>>): WebHdfsClient };
  export default webhdfs;
}
