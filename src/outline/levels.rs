//! Headings → sections: which one stands in which.
//!
//! A stack of open headings; the number tells the level. `2.1` stands in the `2` that is open. A kind of number that is open
//! goes on at its level, a new kind goes one deeper, and outer kinds (parts, chapters, ideographic numbers) end inner ones.
//! A number that starts again below a deeper heading is a list of its own there. A heading without a number stands where its
//! markup says, in the place of a number that is missing, or one level below the number before it.

use super::headings::{Found, Head, Sort};
use super::{Line, Lines, Outline, Role, Section};
use crate::blocks::Kind;
use crate::lexicon::{fold, group, terms};
use crate::numbering::Kind as Number;
use crate::text::{Numbers, Span, find, is_blank, is_colon, part};

/// More levels than any reader can hold apart; what stands deeper becomes a sibling.
const DEPTH: usize = 12;

/// Builds the sections and completes the roles of the blocks.
pub(super) fn nest(lines: &Lines<'_>, mut roles: Vec<Role>, found: &Found) -> Outline {
    let mut nesting = Nesting::new(lines, &found.heads);
    let mut outline = Outline { sections: Vec::with_capacity(found.heads.len() + 1), ..Outline::default() };
    let mut n = 0;
    for (i, (line, role)) in lines.iter().zip(roles.iter_mut()).enumerate() {
        while found.starts.get(nesting.bases.len()).is_some_and(|at| *at as usize <= i) {
            nesting.bases.push(nesting.stack.last().map_or(0, |o| o.section as u32 + 1));
        }
        match role {
            Role::Title => outline.title = Some(super::trim_title_span(line)),
            Role::Body(_) => {
                if let Some(head) = found.heads.get(n).filter(|h| h.line as usize == i) {
                    let section = outline.sections.len();
                    let parent = nesting.place(n, line, head, section);
                    n += 1;
                    let at = |s: Span| Span::new(line.span.start() + s.start(), line.span.start() + s.end());
                    let mut new = Section {
                        parent: parent.map_or(0, |p| p as u32 + 1),
                        level: parent.and_then(|p| outline.sections.get(p)).map_or(1, |p| p.level + 1),
                        title: at(head.title),
                        bold: line.bold || head.run_in && line.bold_lead > 0,
                        ..Section::default()
                    };
                    if let Some(mark) = line.mark.filter(|_| head.sort == Sort::Numbered) {
                        new.number = at(Span::new(mark.start, mark.number));
                        new.mark = at(Span::new(mark.start, mark.end)).end() as u32;
                    }
                    outline.sections.push(new);
                    let section = section as u32;
                    *role = if head.run_in { Role::RunIn(section) } else { Role::Heading(section) };
                } else {
                    if outline.sections.is_empty() {
                        outline.sections.push(Section { level: 1, implicit: true, ..Section::default() });
                    }
                    *role = Role::Body(outline.sections.len() as u32 - 1);
                }
            }
            _ => {}
        }
    }
    outline.roles = roles;
    outline
}

/// An open heading.
struct Open {
    /// `None`: without a number.
    kind: Option<Number>,
    /// `[2, 1]` for `2.1`, `[2]` for every other number 2.
    path: Vec<u32>,
    /// The level that markup gave.
    explicit: Option<u8>,
    sort: Sort,
    /// It heads the text of its own line.
    run_in: bool,
    section: usize,
}

impl Open {
    fn value(&self) -> u32 {
        self.path.last().copied().unwrap_or(0)
    }

    /// Whether a number with dots can count on from this one.
    fn counts(&self) -> bool {
        self.kind.is_some_and(|k| k <= Number::Decimal || matches!(k, Number::Multi(_)))
    }
}

struct Nesting {
    stack: Vec<Open>,
    /// The outermost kind of number that heads more than one section.
    main: Option<Number>,
    /// It starts again at 1 below headings without a number.
    restarts: bool,
    /// For headings without a number, as far as there is one, the number whose place it takes.
    missing: Vec<Option<(Number, u32)>>,
    /// For each series of numbers, the index behind that of the section in which it starts; 0 where that is none.
    bases: Vec<u32>,
}

impl Nesting {
    fn new(lines: &Lines<'_>, heads: &[Head]) -> Self {
        let mut main: Option<Number> = None;
        let mut counts = Numbers::default();
        let mut plain = 0;
        for head in heads {
            plain += usize::from(head.sort == Sort::Plain);
            if let Some((kind, _)) = number(lines, head) {
                let again = counts.insert(kind.code(0), 1).is_some();
                if again && kind > Number::Appendix && main.is_none_or(|m| kind < m) {
                    main = Some(kind);
                }
            }
        }
        let (mut numbered, mut ones) = (0, 0);
        for (kind, value) in heads.iter().filter_map(|h| number(lines, h)) {
            if Some(kind) == main {
                numbered += 1;
                ones += usize::from(value == 1);
            }
        }
        // Where most headings have no number, these are the outer ones.
        let restarts = ones > 1 || plain >= numbered;
        Self { stack: Vec::new(), main, restarts, missing: missing(lines, heads), bases: Vec::new() }
    }

    /// Opens a heading; returns the section it stands in.
    fn place(&mut self, n: usize, line: Line<'_>, head: &Head, section: usize) -> Option<usize> {
        let explicit = if let Kind::Heading(n) = line.kind { Some(n) } else { None };
        let mut open = Open { kind: None, path: Vec::new(), explicit, sort: head.sort, run_in: head.run_in, section };
        let first = self.stack.first().and_then(|o| o.kind);
        let word = part(line.text, 0, find(line.text, |c| is_blank(c) || is_colon(c)).unwrap_or(line.text.len()));
        match (head.sort, line.mark, self.missing.get(n).copied().flatten()) {
            (Sort::Numbered, Some(mark), _) => {
                open.kind = Some(mark.kind);
                open.path = path(part(line.text, mark.start, mark.number), mark.kind, mark.value);
                self.numbered(&open, head.series());
            }
            (Sort::Document, ..) => self.stack.clear(),
            // A word for what is appended, without a number: it heads what follows the numbered sections.
            _ if first.is_some() && terms(group!("numbering.appendix")).contains(&word) => {
                open.kind = Some(Number::Appendix);
                self.keep(0);
            }
            // What is appended may have a preface of its own.
            (Sort::Word, ..) => self.keep(usize::from(first == Some(Number::Appendix))),
            (_, _, Some((kind, value))) if self.stack.iter().any(|o| o.kind == Some(kind)) => {
                (open.kind, open.path) = (Some(kind), vec![value]);
                self.numbered(&open, None);
            }
            _ => self.unnumbered(explicit, head.sort == Sort::Caption),
        }
        self.stack.truncate(DEPTH - 1);
        let parent = self.stack.last().map(|o| o.section);
        self.stack.push(open);
        parent
    }

    /// Keeps the `n` outermost open headings, and the document they stand in.
    fn keep(&mut self, n: usize) {
        let floor = usize::from(self.stack.first().is_some_and(|o| o.sort == Sort::Document));
        self.stack.truncate(n.max(floor));
    }

    /// The innermost open heading of which something holds.
    fn innermost(&self, holds: &dyn Fn(&Open) -> bool) -> Option<usize> {
        self.stack.iter().rposition(holds)
    }

    fn numbered(&mut self, new: &Open, series: Option<usize>) {
        let Some(kind) = new.kind else { return };
        let value = new.value();
        if let Some((_, prefix)) = new.path.split_last().filter(|(_, p)| !p.is_empty()) {
            let sibling = self.innermost(&|o| o.path.len() == new.path.len() && o.path.starts_with(prefix));
            let below = |parent: Option<usize>| parent.map(|i| i + 1);
            // Where the number above was lost, its siblings show the level, or any number that it starts with.
            let keep = sibling.or_else(|| below(self.innermost(&|o| o.counts() && o.path == prefix)));
            if let Some(keep) = keep {
                self.keep(keep);
                return;
            }
        }
        // The first of its series to be a heading: it stands where the series started.
        let base = series.and_then(|s| self.bases.get(s)).and_then(|b| (*b as usize).checked_sub(1));
        let base = base.and_then(|b| self.stack.iter().position(|o| o.section == b)).filter(|_| value > 1);
        let own = |o: &Open| o.kind == Some(kind);
        if let Some(deepest) = self.innermost(&own)
            && let counts_on = self.innermost(&|o| own(o) && o.value() + 1 == value)
            && !base.is_some_and(|at| at > deepest && counts_on.is_none())
        {
            let starts = value == 1
                && kind >= Number::Decimal
                && deepest + 1 < self.stack.len()
                && self.stack.last().is_some_and(|o| o.kind.is_some() || self.restarts && Some(kind) != self.main);
            if !starts {
                self.keep(counts_on.unwrap_or(deepest));
            }
            return;
        }
        if let Some(at) = base {
            self.keep(at + 1);
            return;
        }
        let outer = kind < Number::HanEnclosed;
        while let Some(top) = self.stack.last() {
            let ends = match (top.kind, top.sort) {
                (_, Sort::Document) => false,
                // A preface holds no section of the policy.
                (None, Sort::Word) => outer || top.run_in || Some(kind) == self.main,
                (None, _) => {
                    let level = top.explicit.is_none_or(|t| new.explicit.is_none_or(|e| e <= t));
                    level && (outer || kind < Number::Enclosed && Some(kind) == self.main && !self.restarts)
                        || value > 1 && top.explicit.is_none()
                }
                (Some(k), _) => k > kind && (outer || value > 1),
            };
            if !ends {
                break;
            }
            self.stack.pop();
        }
    }

    fn unnumbered(&mut self, explicit: Option<u8>, caption: bool) {
        if let Some(n) = explicit {
            if let Some(at) =
                self.stack.iter().position(|o| o.explicit.is_some_and(|e| e >= n) && o.sort != Sort::Document)
            {
                self.keep(at);
            } else if let Some(last) = self.stack.iter().rposition(|o| o.explicit.is_some()) {
                self.keep(last + 1);
            }
            return;
        }
        let plain = |o: &Open| o.kind.is_none() && o.explicit.is_none() && o.sort != Sort::Document;
        match self.stack.iter().rposition(plain) {
            // A table's heading stands in the one before it, unless that heads a table, too.
            Some(at) => {
                self.keep(at + usize::from(caption && self.stack.get(at).is_some_and(|o| o.sort != Sort::Caption)));
            }
            // A heading that runs in heads its own paragraph.
            None => while self.stack.pop_if(|top| top.run_in).is_some() {},
        }
    }
}

/// The number that a heading counts with.
#[inline(never)]
fn number(lines: &Lines<'_>, head: &Head) -> Option<(Number, u32)> {
    let mark = lines.get(head.line as usize)?.mark.filter(|_| head.sort == Sort::Numbered)?;
    Some((mark.kind, mark.value))
}

/// Headings without a number between `一` and `四` are the missing `二` and `三`, if there are just so many.
fn missing(lines: &Lines<'_>, heads: &[Head]) -> Vec<Option<(Number, u32)>> {
    // As long as the last number that is missing needs.
    let mut out: Vec<Option<(Number, u32)>> = Vec::new();
    // The last value of each kind that is open, outer ones first, and how many headings had been seen without a number.
    let mut open: Vec<(Number, u32, usize)> = Vec::new();
    // Those that have none.
    let mut bare: Vec<u32> = Vec::new();
    for (n, head) in heads.iter().enumerate() {
        let Some((kind, value)) = number(lines, head) else {
            bare.push(n as u32);
            continue;
        };
        // An outer number ends what was open in it.
        while open.last().is_some_and(|o| o.0 > kind) {
            open.pop();
        }
        if let Some((_, before, seen)) = open.pop_if(|o| o.0 == kind)
            && before as usize + 1 + bare.len() - seen == value as usize
        {
            let mut lost = before;
            for at in bare.get(seen..).unwrap_or(&[]) {
                lost += 1;
                while out.len() <= *at as usize {
                    out.push(None);
                }
                if let Some(slot) = out.get_mut(*at as usize) {
                    *slot = Some((kind, lost));
                }
            }
        }
        open.push((kind, value, bare.len()));
    }
    out
}

/// The groups of a number.
fn path(number: &str, kind: Number, value: u32) -> Vec<u32> {
    if !matches!(kind, Number::Multi(_)) {
        return vec![value];
    }
    let mut groups = vec![0u32];
    for c in number.chars().map(fold) {
        match (c.to_digit(10), groups.last_mut()) {
            (Some(d), Some(group)) => *group = group.saturating_mul(10).saturating_add(d),
            _ if c == '.' => groups.push(0),
            _ => {}
        }
    }
    groups
}
