/** The contract between authoring, packaging, the player and the records. */
export * from './blocks/index.js';
export * from './course.js';
export * from './course-document.js';
export * from './course-import.js';
export { metaOf, type FieldMeta, type Role } from './fields.js';
export * from './elements.js';
export * from './json-schema.js';
export * from './questions/index.js';
export * from './questions/rules.js';
export type { Component, Grade, Interaction } from './questions/question-rules.js';
export * from './scenario/engine.js';
export * from './scenario/exit.js';
export * from './scenario/guard.js';
export * from './scenario/node.js';
export * from './scenario/scenario.js';
export * from './scenario/variable.js';
export * from './tree.js';
export * from './walk.js';
