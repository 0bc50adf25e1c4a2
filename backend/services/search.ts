export type SearchService = Record<string, never>;
