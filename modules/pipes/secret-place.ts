/** Where the secret of a pipe belongs: sealed for one pipe, it opens for no other. */
export const secretPlaceOf = (organizationId: string, pipeId: string): string => `pipe ${organizationId} ${pipeId}`;
