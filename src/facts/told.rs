//! Labels, rows, links and references → what a policy tells of a right without saying that you may: "Delete: write to …", a
//! row of a table of rights, "as in (1)".

use super::{Policy, ways};
use crate::lexicon::{Group, Hit, Reading, group, keys};
use crate::numbering;
use crate::text::{
    Span, count, first, is_blank, is_closing, is_colon, is_opening, is_semicolon, part, trim, trim_start,
};

/// Characters of a label that names a right.
const LABEL: usize = 18;
/// Clauses behind or before a place in which what it refers to is looked for.
const REACH: usize = 24;
/// Clauses behind "in the following way" in which it is looked for.
const AHEAD: usize = 4;
/// Characters of a title that is quoted in part.
const ALIKE: usize = 4;
/// Characters of a cell that is a way as a whole.
const CELL: usize = 60;

impl Policy<'_> {
    /// Where the label of a clause ends ("Delete: …"), or a row's first cell.
    pub(super) fn label(&self, clause: usize) -> Option<usize> {
        let text = self.text(clause);
        let edge = if self.is_row(clause) { text.find(" | ")? } else { text.find(is_colon)? };
        let start = numbering::parse(text).map_or(0, |mark| mark.end);
        let label = part(text, start, edge);
        let rest = trim(part(text, edge, text.len()));
        (start < edge && count(label) <= LABEL && count(rest) > 1).then_some(edge)
    }

    /// Whether a clause is a row of a table that tells how to use rights.
    pub(super) fn rows_rights(&self, clause: usize) -> bool {
        let columns = self.row(clause).map_or(&[][..], |(table, _)| self.columns(table));
        let company = |head: &Reading<'_>| head.has(group!("column.company")) || head.has(group!("column.data"));
        columns.iter().any(|head| head.has(group!("column.right"))) && !columns.iter().any(company)
    }

    /// Whether a label names a right where rights are told, or says itself that a way follows.
    pub(super) fn labels_right(&self, clause: usize, hits: &[Hit]) -> bool {
        let Some(edge) = self.label(clause) else { return false };
        let label = || Reading::only(part(self.text(clause), 0, edge), [group!("way.steps"), group!("grant.company")]);
        hits.iter().any(|hit| hit.end() <= edge)
            && if self.is_row(clause) {
                self.rows_rights(clause)
            } else {
                let label = label();
                !label.has(group!("grant.company"))
                    && (self.headed(clause, group!("right.heading")) || label.has(group!("way.steps")))
            }
    }

    /// The way that a row's last short cell is as a whole.
    pub(super) fn cell_way(&self, clause: usize) -> Option<ways::Way> {
        let text = self.text(clause);
        let start = text.find(" | ")? + " | ".len();
        let end = text.get(start..)?.find(" | ").map_or(text.len(), |at| start + at);
        let whole = count(part(text, start, end)) <= CELL && self.is_row(clause);
        (whole && start < end).then_some(ways::Way { start, end, exact: false })
    }

    /// Where a link of the clause leads that is named after what can be done there; an address to write to or to call.
    pub(super) fn link(&self, clause: usize, right: Group) -> Option<String> {
        let span = self.clauses.get(clause)?.span;
        let links = &self.document.links;
        let from = links.partition_point(|link| link.span.start() < span.start());
        let mut links = links.get(from..)?.iter().take_while(|link| link.span.start() < span.end()).take(LINKS);
        links.find_map(|link| target(self, link.span, &link.href, right))
    }

    /// Where the way stands that a clause refers to, in the `words` for it or anywhere: in the section that a quoted title
    /// names, just before ("as above"), or right behind: "in the following way", or a sentence that says nothing but how.
    pub(super) fn referred(&self, clause: usize, words: Option<&str>) -> Option<(usize, ways::Way)> {
        let text = self.text(clause);
        let titled =
            |at: usize, way: &ways::Way| self.quoted_section(part(self.text(at), way.start, way.end)).is_some();
        let exact = |at: usize| {
            let mut found = ways::ways(self.text(at)).into_iter();
            found.find(|way| way.exact && !titled(at, way)).map(|way| (at, way))
        };
        let refers = self.has(clause, group!("way.refer")).then(|| self.quoted_section(text)).flatten();
        if let Some(section) = refers {
            let mut inside = (0..self.len()).filter(|at| self.clauses.get(*at).is_some_and(|c| c.section() == section));
            return inside.by_ref().take(REACH).find_map(exact);
        }
        if self.has(clause, group!("way.same")) {
            return (clause.saturating_sub(REACH)..clause).rev().find_map(exact);
        }
        let leads = words.is_some_and(|words| Reading::only(words, [group!("lead")]).has(group!("lead")));
        if words.is_some() && !leads {
            return None;
        }
        let section = self.clauses.get(clause)?.section();
        let reach = if leads { AHEAD } else { 1 };
        let mut behind = clause + 1..self.len().min(clause + 1 + reach);
        behind.by_ref().take_while(|at| self.clauses.get(*at).is_some_and(|c| c.section() == section)).find_map(|at| {
            let alone = keys!("right.").all(|right| right.1 == group!("right.heading") || !self.has(at, right.1));
            let goes_on = leads || alone && self.same_block(clause, at) && !self.has(at, group!("grant.company"));
            if goes_on { exact(at) } else { None }
        })
    }

    /// The section whose title a text quotes: "in the way listed in “(1) See your information”".
    fn quoted_section(&self, text: &str) -> Option<usize> {
        let open = text.find(|c| is_opening(c) && !matches!(c, '(' | '\u{ff08}'))?;
        let inside = part(text, open + first(part(text, open, text.len())).len_utf8(), text.len());
        let close = inside.find(|c| {
            is_closing(c) && !matches!(c, ')' | '\u{ff09}' | '\u{ff0c}' | '\u{3001}' | ',') && !is_semicolon(c)
        })?;
        let quoted = bare(part(inside, 0, close));
        if count(quoted) < 2 {
            return None;
        }
        // A title is quoted in part, or with what it is about.
        let alike = |title: &str| {
            let shorter = count(title).min(count(quoted));
            title == quoted || shorter >= ALIKE && (title.starts_with(quoted) || quoted.starts_with(title))
        };
        self.outline.sections.iter().position(|section| alike(bare(self.document.text.slice(section.title))))
    }
}

/// Links of a clause that are looked at.
const LINKS: usize = 4;

/// A title without its number.
fn bare(title: &str) -> &str {
    let title = trim(title);
    let start = numbering::parse(title).map_or(0, |mark| mark.end);
    trim_start(part(title, start, title.len()), is_blank)
}

/// What a link says as a way.
fn target(policy: &Policy<'_>, span: Span, href: &str, right: Group) -> Option<String> {
    let bare = ["mailto:", "tel:"].iter().find_map(|scheme| href.strip_prefix(scheme));
    if let Some(bare) = bare {
        return bare.split('?').next().map(str::to_string);
    }
    let named = Reading::only(policy.slice(span), [right, group!("way.spot"), group!("way.means"), group!("way.form")]);
    let named = named.has(right)
        || [group!("way.spot"), group!("way.means"), group!("way.form")].into_iter().any(|g| named.has(g));
    (named && href.starts_with("http")).then(|| href.to_string())
}
