import { z } from 'zod';
import { assetRef, enumeration, kindOf, line, markdown, picture, requiredMarkdown } from '../fields.js';
import { requireRatingOnlyOnReviews, socialPostFields } from '../social-post.js';
import { policyClauses } from './exit.js';

export const scene = kindOf('scene', 'SceneNode', 'What happens, told to the learner.', {
  title: line('Title of the scene').optional(),
  body: requiredMarkdown('The scene', 5_000),
  picture: picture('ScenePicture', 'A picture of the scene.').optional(),
});

export const message = kindOf('message', 'MessageNode', 'Somebody says or writes something to the learner.', {
  sender: line('Who says it', 80),
  role: line('Who that is, such as "Your manager"', 80).optional(),
  avatar: assetRef('Image asset; initials are shown without one').optional(),
  body: requiredMarkdown('What they say', 3_000),
});

export const socialPostNode = kindOf(
  'social-post',
  'SocialPostNode',
  'A post, comment, message or review that the learner sees.',
  socialPostFields,
).superRefine(requireRatingOnlyOnReviews);

export const decision = kindOf('decision', 'DecisionNode', 'The learner decides what to do.', {
  prompt: requiredMarkdown('What is to be decided', 3_000),
});

export const ending = kindOf('ending', 'EndingNode', 'An end of the scenario.', {
  title: line('Title of the ending'),
  outcome: enumeration('ScenarioOutcome', 'How well a scenario ended.', {
    GOOD: 'The situation was handled well',
    ACCEPTABLE: 'The situation was handled, and could have been handled better',
    POOR: 'The situation was handled badly',
  }),
  score: z.int().min(0).max(100).describe('Score of the ending, 0 to 100'),
  body: requiredMarkdown('What comes of it', 5_000),
  debrief: markdown('What to take away from it', 5_000).optional(),
  policyClauses: policyClauses(),
});

export const nodeKinds = [scene, message, socialPostNode, decision, ending] as const;
export const nodeContent = z
  .discriminatedUnion('kind', nodeKinds)
  .meta({ title: 'ScenarioNodeContent', description: 'A node of any kind.' });
export type NodeContent = z.infer<typeof nodeContent>;
