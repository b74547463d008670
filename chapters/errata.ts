/**
 * Every error of the article, by its row in our list of corrections, with the section it stands in; `whole` where it
 * concerns all of it. Its title is a text of the interface: a page shows it in one language.
 */
export const errata = {
  'erratum-1': '4.1.1',
  'erratum-2': '4.1.1',
  'erratum-3': '4.1.1',
  'erratum-4': '4.1.1',
  'erratum-5': '3.1.1',
  'erratum-6': '4.2.1',
  'erratum-7': '4.2.1',
  'erratum-8': '4.2.1',
  'erratum-9': '3.2',
  'erratum-10': '4.2.2',
  'erratum-11': '3.3.2',
  'erratum-12': '3.3',
  'erratum-13': '3.3.3',
  'erratum-14': '2.3',
  'erratum-15': '2.4',
  'erratum-16': '3.1.3',
  'erratum-17': '5.3',
  'erratum-18': '5.3',
  'erratum-19': '5.3',
  'erratum-20': '5.2',
  'erratum-21': '5.2',
  'erratum-22': '5.2',
  'erratum-23': '5.1',
  'erratum-24': '5.1',
  'erratum-25': '6',
  'erratum-26': '7.1',
  'erratum-27': '7.1',
  'erratum-28': '7.1',
  'erratum-29': '7.3',
  'erratum-30': '7.3',
  'erratum-31': '7.1',
  'erratum-32': '7.1',
  'erratum-33': '1',
  'erratum-34': 'whole',
} as const satisfies Readonly<Record<string, string>>;

export type ErratumId = keyof typeof errata;
