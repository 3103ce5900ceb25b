/** References to statements (Data 2.4.4.3). */
import { object, oneOf, uuid } from './rules.js';

export const statementRef = object({ objectType: oneOf('StatementRef'), id: uuid }, ['objectType', 'id']);
