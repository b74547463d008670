/** A log of clicks that a reader brought, item by number. */
export interface SessionFile {
  /** Names of the items that are clicked most, the most clicked first. */
  items: string[];
  /** Numbers of items in the order of the clicks; `items.length` stands for any item that is clicked more seldom. */
  sessions: number[][];
  /** How many more items there were, each too seldom for a number of its own. */
  otherItems: number;
  clicks: number;
  /** Rows without a session or an item. */
  skippedRows: number;
  /** Sessions in which no item with a number follows another. */
  skippedSessions: number;
  /** Whether a column of times put the clicks in order; else the order is the file's. */
  isTimed: boolean;
}

export type SessionProblem =
  | { problem: 'empty' | 'binary' | 'one-column' | 'one-item' }
  | { problem: 'too-large'; characters: number; most: number }
  | { problem: 'no-such-columns'; found: string }
  | { problem: 'too-few-sessions'; sessions: number; least: number };

export const limits = { characters: 1_000_000, items: 300, clicks: 20, sessions: 20 } as const;

const names = {
  session:
    /^(session|visit|visitor|user|customer|client|basket|order|会话|访问|访客|用户|顾客|订单)([\s_-]?(id|no|编号|号))?$/i,
  item: /^(item|product|article|sku|song|film|movie|page|商品|物品|产品|内容)([\s_-]?(id|no|name|编号|号|名称|名))?$/i,
  time: /^(time|timestamp|date|datetime|ts|时间|日期|时间戳)$/i,
};

/**
 * Sessions of a table with the columns session, item and, if there is one, time, with a header or in this order without
 * one. The separator is a comma, a semicolon or a tab; fields may be quoted.
 *
 * An item that is clicked twice in a row counts once. A session of more than 20 clicks becomes several.
 */
export function readSessionFile(text: string): SessionFile | SessionProblem {
  if (text.length > limits.characters) {
    return { problem: 'too-large', characters: text.length, most: limits.characters };
  }
  if (isBinary(text)) return { problem: 'binary' };
  const rows = readRows(text.replace(/^\uFEFF/, ''));
  const [first] = rows;
  if (!first) return { problem: 'empty' };
  if (rows.every((row) => row.length < 2)) return { problem: 'one-column' };
  const columns = findColumns(first);
  if (!columns) return { problem: 'no-such-columns', found: first.join(', ') };
  return toFile(columns.hasHeader ? rows.slice(1) : rows, columns);
}

/** A text has no zeros, and few characters that could not be read. */
function isBinary(text: string): boolean {
  let strange = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0) return true;
    if (code === 0xfffd || (code < 32 && code !== 9 && code !== 10 && code !== 13)) strange += 1;
  }
  return strange > text.length / 100;
}

/** Rows of fields, blank rows left out; a quoted field may hold separators, line ends and doubled quotes. */
export function readRows(text: string): string[][] {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const endRow = () => {
    if (row.some((field) => field !== '')) rows.push(row);
    row = [];
  };
  while (at < text.length) {
    let field: string;
    [field, at] = text[at] === '"' ? quotedField(text, at, separator) : plainField(text, at, separator);
    row.push(field.trim());
    if (text[at] === separator) {
      at += 1;
      if (at === text.length) row.push('');
      continue;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    at += 1;
    endRow();
  }
  endRow();
  return rows;
}

function plainField(text: string, from: number, separator: string): [field: string, end: number] {
  let end = from;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return [text.slice(from, end), end];
}

/** Without its quotes; one that is never closed ends with the text. */
function quotedField(text: string, from: number, separator: string): [field: string, end: number] {
  let field = '';
  let at = from + 1;
  while (at < text.length) {
    const end = text.indexOf('"', at);
    if (end < 0) return [field + text.slice(at), text.length];
    field += text.slice(at, end);
    at = end + 1;
    if (text[at] !== '"') break;
    field += '"';
    at += 1;
  }
  const [behind, end] = plainField(text, at, separator);
  return [field + behind, end];
}

/** Whichever of the three stands most often in the first line. */
function separatorOf(text: string): string {
  const line = /^[^\r\n]*/.exec(text.trimStart())?.[0].replace(/"[^"]*"/g, '') ?? '';
  const count = (separator: string) => line.split(separator).length - 1;
  return [',', ';', '\t'].reduce((best, other) => (count(other) > count(best) ? other : best));
}

interface Columns {
  session: number;
  item: number;
  time: number;
  hasHeader: boolean;
}

function findColumns(first: readonly string[]): Columns | undefined {
  const find = (name: RegExp) => first.findIndex((field) => name.test(field));
  const [session, item, time] = [find(names.session), find(names.item), find(names.time)];
  if (session < 0 && item < 0 && time < 0)
    return { session: 0, item: 1, time: first.length > 2 ? 2 : -1, hasHeader: false };
  return session < 0 || item < 0 ? undefined : { session, item, time, hasHeader: true };
}

function toFile(rows: readonly (readonly string[])[], columns: Columns): SessionFile | SessionProblem {
  const visits = new Map<string, { item: string; time: number }[]>();
  let skippedRows = 0;
  let isTimed = columns.time >= 0;
  for (const row of rows) {
    const [session = '', item = ''] = [row[columns.session], row[columns.item]];
    if (session === '' || item === '') {
      skippedRows += 1;
      continue;
    }
    const time = timeOf(row[columns.time]);
    if (Number.isNaN(time)) isTimed = false;
    const visit = visits.get(session);
    if (visit) visit.push({ item, time });
    else visits.set(session, [{ item, time }]);
  }
  const all = [...visits.values()].flatMap((visit) => {
    if (isTimed) visit.sort((one, other) => one.time - other.time);
    const clicks = visit.map(({ item }) => item).filter((item, at, before) => item !== before[at - 1]);
    return cut(clicks, limits.clicks);
  });
  const { items, numbers, otherItems } = numberItems(all);
  if (items.length === 1) return { problem: 'one-item' };
  const sessions = all
    .map((session) => session.map((item) => numbers.get(item) ?? items.length))
    .filter((session) => session.slice(1).some((item) => item < items.length));
  if (sessions.length < limits.sessions) {
    return { problem: 'too-few-sessions', sessions: sessions.length, least: limits.sessions };
  }
  const clicks = sessions.reduce((sum, session) => sum + session.length, 0);
  return { items, sessions, otherItems, clicks, skippedRows, skippedSessions: all.length - sessions.length, isTimed };
}

function numberItems(sessions: readonly (readonly string[])[]) {
  const counts = new Map<string, number>();
  for (const session of sessions) for (const item of session) counts.set(item, (counts.get(item) ?? 0) + 1);
  const sorted = [...counts].sort(([, one], [, other]) => other - one).map(([item]) => item);
  const items = sorted.slice(0, limits.items);
  return {
    items,
    numbers: new Map(items.map((item, number) => [item, number])),
    otherItems: sorted.length - items.length,
  };
}

function cut<Click>(clicks: readonly Click[], most: number): Click[][] {
  return Array.from({ length: Math.ceil(clicks.length / most) }, (_, part) =>
    clicks.slice(part * most, (part + 1) * most),
  );
}

/** A number as it is, a date in milliseconds; NaN for what is neither. */
function timeOf(field: string | undefined): number {
  if (field === undefined || field === '') return Number.NaN;
  const number = Number(field);
  return Number.isNaN(number) ? Date.parse(field) : number;
}
