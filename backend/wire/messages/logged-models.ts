import { bool, int32, message, nested, repeated, string } from '../message.ts';

const Dataset = message('SearchLoggedModels.Dataset', { dataset_name: string, dataset_digest: string });

const OrderBy = message('SearchLoggedModels.OrderBy', {
  field_name: string,
  ascending: bool,
  dataset_name: string,
  dataset_digest: string,
});

export const SearchLoggedModels = message('SearchLoggedModels', {
  experiment_ids: repeated(string),
  filter: string,
  datasets: repeated(nested(Dataset)),
  max_results: int32,
  order_by: repeated(nested(OrderBy)),
  page_token: string,
});

/** Without models: a message's fields come with what they hold. */
export const SearchLoggedModelsResponse = message('SearchLoggedModels.Response', { next_page_token: string });
