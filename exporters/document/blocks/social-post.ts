import { kindOf } from '../fields.js';
import { requireRatingOnlyOnReviews, socialPostFields } from '../social-post.js';

export const socialPost = kindOf(
  'social-post',
  'SocialPostBlock',
  'A network-neutral mock of a post, comment, direct message or review.',
  socialPostFields,
).superRefine(requireRatingOnlyOnReviews);
