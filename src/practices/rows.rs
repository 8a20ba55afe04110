//! A table row → practices: its column heads say which slot a cell fills.

use super::items::Items;
use super::lists::{self, Member};
use super::words::Clause as Words;
use super::{Action, Actor, Given, Object, Practice, Receiver, Sure, kind_of};
use crate::blocks::Document;
use crate::clauses::Clause;
use crate::lexicon::{Reading, group};
use crate::text::{count, is_colon};
use crate::tokens::Tokens;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    Data,
    Name,
    Company,
    Purpose,
    Permission,
    Other,
}

impl Column {
    /// What the column under a head holds.
    pub fn of(head: &Reading<'_>) -> Self {
        let kinds = [
            (group!("column.purpose"), Self::Purpose),
            (group!("column.company"), Self::Company),
            (group!("column.data"), Self::Data),
            (group!("permission.word"), Self::Permission),
            (group!("column.name"), Self::Name),
            (group!("column.link"), Self::Other),
        ];
        // The last word of a head is what it is about; of those that end together the longest.
        let last = |g| head.of(g).last().map_or((0, 0), |h| (h.end(), h.end() - h.start()));
        let names = |g| head.has(g) && last(group!("column.name")) > last(g);
        // 'Names of information': information, whatever of it; 'names of permissions' likewise.
        for (of, kind) in [(group!("column.data"), Self::Data), (group!("permission.word"), Self::Permission)] {
            if names(of) {
                return kind;
            }
        }
        if let Some(best) = kinds.into_iter().max_by_key(|(g, _)| last(*g)).filter(|(g, _)| head.has(*g)) {
            return best.1;
        }
        // 'Recipient' alone: who that is; 'what is given' ends like information.
        let third = head.of(group!("column.third")).first().is_some_and(|h| h.start() == 0);
        let data = [group!("practice.noun.generic"), group!("practice.noun.data")];
        let ends = data.into_iter().any(|g| head.of(g).last().is_some_and(|h| h.end() == head.text.len()));
        match (third, ends) {
            (true, _) => Self::Name,
            (_, true) => Self::Data,
            _ => Self::Other,
        }
    }
}

/// Whether a table of two columns stands on its side: its first column holds the heads.
pub fn stands(document: &Document, heads: &[Reading<'_>], table: usize) -> bool {
    let [head, _] = heads else { return false };
    let rows = document.tables.get(table).map_or(0, crate::blocks::Table::len);
    if !(1..=MOST_HEADS).contains(&rows) || !matches!(Column::of(head), Column::Name | Column::Company) {
        return false;
    }
    let kind = |row: usize| {
        let cell = document.text.slice(document.cell(table, row, 0));
        if count(cell) <= HEAD { Column::of(&Reading::new(cell)) } else { Column::Other }
    };
    let kinds: Vec<Column> = (0..rows).map(kind).collect();
    !kinds.contains(&Column::Other) && kinds.iter().any(|k| matches!(k, Column::Company | Column::Purpose))
}

/// Bytes of a label in a cell.
const LABEL: usize = 36;

/// Characters of a head, and rows of a table that stands on its side.
const HEAD: usize = 12;
const MOST_HEADS: usize = 12;

/// For each table, what its columns hold; nothing where it stands on its side.
pub(super) fn columns(document: &Document, tokens: &Tokens<'_>) -> Vec<Vec<Column>> {
    let columns = |table: usize| {
        if stands(document, &tokens.columns(table), table) {
            return Vec::new();
        }
        let mut columns: Vec<Column> = tokens.columns(table).iter().map(Column::of).collect();
        // Numbered names before their labels have no head.
        let bare = document.tables.get(table).and_then(|t| t.columns.first()).is_some_and(|c| c.is_empty());
        let named = columns.iter().any(|c| matches!(c, Column::Name | Column::Permission));
        if let Some(first) = columns.first_mut().filter(|_| bare && !named) {
            *first = Column::Name;
        }
        columns
    };
    (0..document.tables.len()).map(columns).collect()
}

/// A row and where it stands.
pub(super) struct Row<'a> {
    pub document: &'a Document,
    pub columns: &'a [Vec<Column>],
    pub clause: &'a Clause,
    pub index: usize,
    pub reading: &'a Reading<'a>,
}

impl Row<'_> {
    /// Reads what the row says is collected, or handed on.
    pub fn read(&self, given: Option<Given>, out: &mut Vec<Practice>) {
        let Some((table, row)) = self.document.row(self.clause.block()) else { return };
        let Some(columns) = self.columns.get(table) else { return };
        let words = Words::new(self.reading);
        let items = Items::new(&words);
        let base = self.clause.span.start();
        let cells = |kind: Column| {
            let found = columns.iter().enumerate().filter(move |(_, c)| **c == kind);
            found.map(|(at, _)| self.document.cell(table, row, at)).filter(|c| !c.is_empty())
        };
        let mut objects: Vec<Member> = Vec::new();
        for cell in cells(Column::Data) {
            objects.extend(lists::cell(&words, &items, cell.start() - base, cell.end() - base));
        }
        // A permission is named by its cell.
        for cell in cells(Column::Permission) {
            let (start, end) = (cell.start() - base, cell.end() - base);
            // Without what a bracket remarks: 'optional'.
            let open = words.mask(start, end).map(|m| m.0).filter(|open| {
                let inner = words.text(*open, end).chars().next().map_or(0, char::len_utf8);
                *open > start && words.starts(group!("practice.remark"), open + inner)
            });
            let end = open.unwrap_or(end);
            objects.push(Member { start, end, key: None, data: true, generic: false, owned: false });
        }
        let company = cells(Column::Company).next();
        let name = cells(Column::Name).next();
        // 'Name of the kit: Example | what it collects: …'.
        let colon = self.reading.text.find(is_colon).filter(|at| *at <= LABEL).unwrap_or(0);
        let labels = [group!("column.third"), group!("practice.kit")];
        let third = company.is_some()
            || labels.into_iter().any(|g| !self.reading.within(g, 0, colon).is_empty())
            || given.is_some_and(|g| matches!(g.action, Action::Share | Action::Entrust) || g.actor == Actor::Third);
        let permission = columns.contains(&Column::Permission);
        let mut recipients = Vec::new();
        for cell in [name.filter(|_| third), company].into_iter().flatten() {
            let kind = kind_of(self.reading, cell.start() - base, cell.end() - base);
            recipients.push(Receiver { span: cell, kind, name: true, listed: true });
        }
        if objects.is_empty() && recipients.is_empty() && !permission {
            return;
        }
        let (actor, action) = match given {
            _ if third => (Actor::Third, Action::Collect),
            _ if permission => (Actor::We, Action::AskPermission),
            Some(given) => (given.actor, given.action),
            None => (Actor::We, Action::Collect),
        };
        out.push(Practice {
            objects: objects
                .iter()
                .map(|m| Object { span: Words::span(base, m.start, m.end), key: m.key, generic: m.generic })
                .collect(),
            recipients,
            // 'Function' and 'purpose' may be columns of their own: the last says what for.
            purposes: cells(Column::Purpose).next_back().into_iter().collect(),
            sure: Sure::Inherited,
            ..Practice::new(self.index, self.clause.span, actor, action)
        });
    }
}
