/** The topic of Notifications that tells that facts of an organization have come. */
export const factsTopic = (organizationId: string): string => `facts ${organizationId}`;
