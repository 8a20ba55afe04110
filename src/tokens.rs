//! Clauses, titles and column heads → where the words of the lists stand in them, and where their stretches end.
//!
//! The document is scanned once, here; every later stage looks up what it asks for by place: a [`Reading`] of a clause, of a
//! section's title or of a column's head is a view of what was found. Nothing is scanned again by clause, heading or cell;
//! only phrases that a stage cuts out itself are read by [`Reading::new`].

use crate::blocks::Document;
use crate::clauses::Clause;
use crate::lexicon::reading::{Reading, Readings};
use crate::lexicon::{Group, Hit, group};
use crate::outline::Outline;

/// What is asked of phrases alone, of lines before there are clauses, or of one place by `lexicon::terms`: a third of all
/// hits. (A build with assertions panics where a clause is asked for one of them.)
const ELSEWHERE: [Group; 29] = [
    group!("company.before"),
    group!("company.generic"),
    group!("company.join"),
    group!("consent.verb"),
    group!("date.particle"),
    group!("date.particle.behind"),
    group!("date.said"),
    group!("heading.list"),
    group!("line.never.start"),
    group!("numbering.unit"),
    group!("numbering.word"),
    group!("opener"),
    group!("person"),
    group!("phrase.never.end"),
    group!("product.after"),
    group!("product.before"),
    group!("product.generic"),
    group!("product.not"),
    group!("title.about"),
    group!("title.cut"),
    group!("title.end"),
    group!("title.may.end"),
    group!("title.never.end"),
    group!("title.object"),
    group!("title.points"),
    group!("way.at"),
    group!("way.place"),
    group!("way.step"),
    group!("document"),
];

/// What was found in a document.
pub struct Tokens<'d> {
    document: &'d Document,
    outline: &'d Outline,
    clauses: &'d [Clause],
    of_clauses: Readings,
    of_titles: Readings,
    of_columns: Readings,
    /// For each table, how many columns the ones before it have.
    columns: Vec<usize>,
}

impl<'d> Tokens<'d> {
    /// Scans a document. Linear in the text.
    pub async fn scan(document: &'d Document, outline: &'d Outline, clauses: &'d [Clause]) -> Self {
        let text = |span| document.text.slice(span);
        let mut columns = Vec::with_capacity(document.tables.len());
        let mut count = 0;
        for table in &document.tables {
            columns.push(count);
            count += table.columns.len();
        }
        Self {
            document,
            outline,
            clauses,
            of_clauses: Readings::without(&ELSEWHERE, clauses.iter().map(|c| text(c.span))).await,
            of_titles: Readings::without(&ELSEWHERE, outline.sections.iter().map(|s| text(s.title))).await,
            of_columns: Readings::without(
                &ELSEWHERE,
                document.tables.iter().flat_map(|t| &t.columns).map(|c| text(*c)),
            )
            .await,
            columns,
        }
    }

    /// A clause.
    #[must_use]
    pub fn clause(&self, clause: usize) -> Reading<'_> {
        let text = self.clauses.get(clause).map_or("", |c| self.document.text.slice(c.span));
        self.of_clauses.get(clause, text)
    }

    /// A section's title.
    #[must_use]
    pub fn title(&self, section: usize) -> Reading<'_> {
        let text = self.outline.sections.get(section).map_or("", |s| self.document.text.slice(s.title));
        self.of_titles.get(section, text)
    }

    /// The head of a table's column.
    #[must_use]
    pub fn column(&self, table: usize, column: usize) -> Reading<'_> {
        let head = self.document.tables.get(table).and_then(|t| t.columns.get(column));
        let text = head.map_or("", |c| self.document.text.slice(*c));
        self.of_columns.get(self.columns.get(table).map_or(usize::MAX - 1, |first| first + column), text)
    }

    /// The heads of a table's columns.
    #[must_use]
    pub fn columns(&self, table: usize) -> Vec<Reading<'_>> {
        let count = self.document.tables.get(table).map_or(0, |t| t.columns.len());
        (0..count).map(|column| self.column(table, column)).collect()
    }

    /// The group's hits in a clause, by start.
    #[must_use]
    pub fn of(&self, clause: usize, group: Group) -> &[Hit] {
        self.of_clauses.of(clause, group)
    }

    /// Whether a term of the group stands in a clause.
    #[must_use]
    pub fn has(&self, clause: usize, group: Group) -> bool {
        self.of_clauses.has(clause, group)
    }

    /// Whether a term of the group stands in a section's title.
    #[must_use]
    pub fn title_has(&self, section: usize, group: Group) -> bool {
        self.of_titles.has(section, group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks;

    fn with<T>(text: &str, ask: impl Fn(&Tokens<'_>) -> T) -> T {
        let document = blocks::read(text, None);
        let outline = crate::steps::all(crate::outline::build(&document));
        let clauses = crate::clauses::split(&document, &outline);
        ask(&crate::steps::all(Tokens::scan(&document, &outline, &clauses)))
    }

    #[test]
    fn each_clause_has_its_own_hits() {
        let text = "隐私政策\n\n一、收集\n我们收集手机号。\n您可以删除。\n";
        let we = |tokens: &Tokens<'_>| {
            let at = |clause| tokens.of(clause, group!("practice.we")).iter().map(Hit::start).collect::<Vec<_>>();
            (0..3).map(|clause| (at(clause), tokens.has(clause, group!("practice.we")))).collect::<Vec<_>>()
        };
        let found = with(text, we);
        assert_eq!(found.iter().filter(|(at, has)| *at == [0] && *has).count(), 1, "{found:?}");
        assert_eq!(found.iter().filter(|(at, has)| at.is_empty() && !has).count(), 2, "{found:?}");
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "was not looked for")]
    fn a_clause_is_not_asked_for_what_was_not_looked_for() {
        with("隐私政策\n\n我们收集手机号。\n", |tokens| tokens.has(0, group!("way.step")));
    }
}
