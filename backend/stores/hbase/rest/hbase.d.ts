/**
 * The part of npm `hbase` 0.6.1 that is used, with its encoding `base64`: it then hands values through as they are,
 * whatever their type, so columns and values are Buffers here and the transport alone decides how they are written.
 */
declare module 'hbase' {
  type Callback<T> = (error: Error | null, value: T) => void;

  interface Response {
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  }

  interface Connection {
    /** All of its calls go through this one, which we put our transport in place of. */
    makeRequest: (
      method: string,
      command: string,
      data: unknown,
      callback: (error: Error | null, data: unknown, response: Response) => void,
    ) => void;
  }

  interface Cell {
    readonly column: Buffer;
    readonly $: Buffer;
  }

  interface Scanner {
    readonly options: { id: string | null };
    init(callback: Callback<string>): void;
    /** Nothing where the scanner is at its end. */
    get(
      callback: (error: Error | null | undefined, cells?: readonly (Cell & { readonly key: Buffer })[]) => void,
    ): void;
    delete(callback: Callback<unknown>): void;
  }

  interface Row {
    get(callback: Callback<readonly Cell[]>): void;
    get(columns: readonly string[], callback: Callback<readonly Cell[]>): void;
    put(cells: readonly Cell[], callback: Callback<true | null>): void;
    delete(callback: Callback<true | null>): void;
  }

  interface Table {
    create(schema: object, callback: Callback<true | null>): void;
    schema(callback: Callback<unknown>): void;
    row(key: string): Row;
    scan(options: {
      readonly batch: number;
      readonly startRow: string;
      readonly endRow: string;
      readonly column?: readonly string[];
    }): Scanner;
  }

  export interface Client {
    readonly connection: Connection;
    table(name: string): Table;
  }

  const hbase: { readonly Client: new (options: { readonly encoding: 'base64' }) => Client };
  export default hbase;
}
