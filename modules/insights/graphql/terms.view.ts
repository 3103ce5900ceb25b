/** Agents, verbs and activities in the shape of GraphQL. */
import type { Activity, Extensions, LanguageMap } from '../../lrs/index.js';
import type {
  ActivityObject,
  ExtensionObject,
  InteractionComponentObject,
  LanguageTextObject,
  VerbObject,
} from './terms.graphql.js';

export const languageTexts = (map: LanguageMap = {}): LanguageTextObject[] =>
  Object.entries(map).map(([language, text]) => ({ language, text }));

/** @param extensions with texts for values; see withExtensionTexts */
export const extensionsView = (extensions: Extensions = {}): ExtensionObject[] =>
  Object.entries(extensions).map(([id, json]) => ({ id, json: json as string }));

export const verbView = (id: string, names: LanguageMap = {}): VerbObject => ({
  id,
  names,
  displays: languageTexts(names),
});

export function activityView({ id, definition = {} }: Pick<Activity, 'id' | 'definition'>): ActivityObject {
  const { name = {}, description = {}, type, moreInfo, interactionType, correctResponsesPattern = [] } = definition;
  const { choices, scale, source, target, steps, extensions } = definition;
  return {
    id,
    type,
    names: name,
    allNames: languageTexts(name),
    descriptions: description,
    allDescriptions: languageTexts(description),
    moreInfo,
    interactionType,
    correctResponses: [...correctResponsesPattern],
    choices: componentsView(choices),
    scale: componentsView(scale),
    source: componentsView(source),
    target: componentsView(target),
    steps: componentsView(steps),
    extensions: extensionsView(extensions),
  };
}

type Components = readonly { readonly id: string; readonly description?: LanguageMap }[];

const componentsView = (components: Components = []): InteractionComponentObject[] =>
  components.map(({ id, description }) => ({ id, descriptions: languageTexts(description) }));
