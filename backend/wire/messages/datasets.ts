import { message, nested, repeated, string } from '../message.ts';

const DatasetSummary = message('DatasetSummary', {
  experiment_id: string,
  name: string,
  digest: string,
  context: string,
});

export const SearchDatasets = message('SearchDatasets', { experiment_ids: repeated(string) });
export const SearchDatasetsResponse = message('SearchDatasets.Response', {
  dataset_summaries: repeated(nested(DatasetSummary)),
});
