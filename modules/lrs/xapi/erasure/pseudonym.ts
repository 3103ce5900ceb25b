/** Who stands in a statement in the place of somebody who was erased: an account that leads nowhere. */
import type { Actor } from '../statement.js';

/** The homePage of such accounts. Their names are random UUIDs. */
export const ERASED = 'urn:lectern:erased';

/** @param name a UUID */
export const pseudonymOf = (name: string) => ({ account: { homePage: ERASED, name } }) satisfies Actor;

export const isPseudonym = ({ account }: Actor): boolean => account?.homePage === ERASED;
