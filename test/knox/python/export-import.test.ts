import { describeExportImport } from '../../clients/describe-export-import.ts';
import { clientsBehindKnox } from '../support/kirka.ts';

describeExportImport('Knox over TLS and a user of its LDAP', clientsBehindKnox);
