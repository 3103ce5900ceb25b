import { z } from 'zod';
import { assetRef, enumeration, group, itemId, itemList, line, picture, plainText } from './fields.js';

const author = (title: string) =>
  group(title, 'Who wrote it.', {
    name: line('Name shown', 80),
    handle: line('Handle shown below the name', 80).optional(),
    avatar: assetRef('Image asset; initials are shown without one').optional(),
    brand: z.boolean().describe("True when it is the organization's own account").optional(),
  });

const count = (description: string) => z.int().min(0).max(1_000_000_000).describe(description);

/** The fields of a network-neutral mock of a post, comment, direct message or review: a block and a scenario node share them. */
export const socialPostFields = {
  format: enumeration('SocialPostFormat', 'What the mock looks like.', {
    POST: 'A post in a feed',
    COMMENT: 'A comment below something',
    DIRECT_MESSAGE: 'A private message',
    REVIEW: 'A review with a rating',
  }),
  author: author('SocialPostAuthor'),
  text: plainText('What it says; line breaks are kept'),
  postedAt: line('When, as the reader sees it, such as "2 hours ago"', 60).optional(),
  rating: z.int().min(1).max(5).describe('Stars of a review').optional(),
  picture: picture('SocialPostPicture', 'A picture in the post.').optional(),
  reactions: itemList(
    group('SocialPostReaction', 'How many people reacted in one way.', {
      id: itemId(),
      label: line('The reaction, such as "Like" or "Angry"', 30),
      count: count('How many'),
    }),
    'Reactions',
    { max: 8 },
  ).optional(),
  shares: count('How often it was shared').optional(),
  replies: itemList(
    group('SocialPostReply', 'A reply to the post.', {
      id: itemId(),
      author: author('SocialPostReplyAuthor'),
      text: plainText('What the reply says'),
      postedAt: line('When, as the reader sees it', 60).optional(),
    }),
    'Replies in their order',
    { max: 20 },
  ).optional(),
};

export function requireRatingOnlyOnReviews(
  post: { format: string; rating?: number | undefined },
  context: z.RefinementCtx,
): void {
  if (post.format !== 'REVIEW' && post.rating !== undefined) {
    context.addIssue({ code: 'custom', path: ['rating'], message: 'is only for reviews' });
  }
}
