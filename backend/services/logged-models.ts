export { createLoggedModelService, noSuchLoggedModel } from './logged-models/create-service.ts';
export type { LoggedModelService, NewLoggedModelRequest } from './logged-models/service.ts';
