/** Which lifecycle stages a search looks at. */
export const ViewType = { ACTIVE_ONLY: 1, DELETED_ONLY: 2, ALL: 3 } as const;
