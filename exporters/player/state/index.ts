/** What publishing and packaging need to know of the player's state. */
export { idsWithState } from './keepers/keepers.js';
export { suspendDataBudget, SUSPEND_DATA_LIMIT, type SuspendDataBudget } from './suspend-data-budget.js';
