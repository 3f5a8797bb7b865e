/** How annotations speak of resources: whose a finding is, where it is, cut to what services accept. */

import { shortName, subject } from '../names.ts';
import { cut, thousands } from '../text.ts';
import type { Annotation, Annotations } from './annotation.ts';

const FEW = 5;
/** Different times and people that are told. */
const TOLD = 3;

/** The first few names, and the number of the others. */
export function fewNames(addresses: readonly string[]): string {
  const names = addresses.slice(0, FEW).map(shortName).join(', ');
  const rest = addresses.length - FEW;
  return rest > 0 ? `${names} and ${thousands(rest)} more` : names;
}

/** A finding in full: whose, what, what to do. */
export function sentenceOf(annotation: Annotation): string {
  const { address, detail } = annotation;
  return sentenceOfAll({
    first: annotation,
    addresses: address === null ? [] : [address],
    details: detail === null ? [] : [detail],
  });
}

export function sentenceOfAll({ first, addresses, details }: Annotations): string {
  const { text, hint } = first;
  const isNamed = addresses.length === 0 || (addresses.length === 1 && text.includes(addresses[0] ?? ''));
  const whose = isNamed ? text : `${subject(addresses)}: ${text}`;
  const names = addresses.length > 1 ? `${fewNames(addresses)}.` : null;
  return [whose, names, ...details.slice(0, TOLD), hint].filter((line) => line !== null).join('\n');
}

/** Longer texts are cut by services wherever they like. */
export function cutText(text: string, most: number): string {
  return text.length <= most ? text : cut(text.slice(0, most), most - 1, '…');
}

/**
 * From the repository, with the folder of the project in it, without `.` and `..` as far as they can be resolved. Paths
 * of a project have slashes; a backslash is part of a name.
 */
export function pathInRepository(file: string, folder = ''): string {
  const parts: string[] = [];
  for (const part of `${folder}${file}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
