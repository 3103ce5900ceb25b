import type {
  BlockContent,
  ExitContent,
  LessonContent,
  NodeContent,
  QuestionContent,
  SectionContent,
  VariableContent,
} from '../../../exporters/document/index.js';

export const ELEMENT_TYPES = ['section', 'lesson', 'block', 'question', 'variable', 'node', 'exit'] as const;

/** What an element is; its kind says which of its type. */
export type ElementType = (typeof ELEMENT_TYPES)[number];

export type ElementContent =
  | SectionContent
  | LessonContent
  | BlockContent
  | QuestionContent
  | VariableContent
  | NodeContent
  | ExitContent;

/** The neighbours of an element: all elements of one type below one parent, in an order. */
export interface ElementList {
  readonly courseId: string;
  /** Undefined for sections: they stand right below the course. */
  readonly parentId: string | undefined;
  readonly type: ElementType;
}

/** One element of a draft. */
export interface Element extends ElementList {
  readonly id: string;
  /** The author's own id, unique in the course. */
  readonly externalId: string | undefined;
  /** `page`, `text`, `single-choice`; `section` for sections. */
  readonly kind: string;
  /** From 0, without gaps. */
  readonly position: number;
  readonly content: ElementContent;
  /** Grows when the content changes and when the element is moved. */
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** An element as it is first written. */
export type NewElement = Omit<Element, 'revision' | 'createdAt' | 'updatedAt'>;

export const kindOf = (content: ElementContent): string => ('kind' in content ? content.kind : 'section');
