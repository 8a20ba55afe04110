//! Headings → sections: which one stands in which.
//!
//! A stack of open headings. A number goes on beside the open heading of its own count, and a count stands where it
//! started: in the heading of the line that holds it (`counts`), or in a heading without a number that came since, unless
//! such headings come and go while the count runs. A heading without a number stands where its markup says, in the place
//! of a number that is missing, beside its like, or inside of the heading before it.

use super::counts::{Count, NONE};
use super::headings::{Found, Head, Sort};
use super::{Line, Lines, Outline, Role, Section};
use crate::blocks::{Kind, key};
use crate::lexicon::{group, terms};
use crate::numbering::Kind as Number;
use crate::text::{Numbers, Span, count, find, is_blank, is_colon, last, part};

/// More levels than any reader can hold apart; what stands deeper becomes a sibling.
const DEPTH: usize = 12;

/// The first of several documents may have so many times fewer sections than the longest; a list before them has less.
const SHORTER: u32 = 5;

/// Builds the sections and completes the roles of the blocks.
pub(super) fn nest(lines: &Lines<'_>, mut roles: Vec<Role>, found: &Found) -> Outline {
    let mut nesting = Nesting::new(lines, found);
    let mut outline = Outline { sections: Vec::with_capacity(found.heads.len() + 1), ..Outline::default() };
    let mut items = found.items.iter().peekable();
    // The next heading, and the section that text belongs to.
    let (mut n, mut own) = (0, 0);
    for (i, line) in lines.iter().enumerate() {
        let head = found.heads.get(n).filter(|h| h.line as usize == i);
        while let Some(count) = found.counts.get(nesting.bases.len()).filter(|c| c.first as usize <= i) {
            let base = nesting.base(count, &roles, &outline.sections);
            nesting.bases.push(base);
        }
        let role = match (roles.get(i), head) {
            (Some(Role::Title), _) => {
                outline.title = Some(super::trim_title_span(line));
                continue;
            }
            (Some(Role::Body(_)), Some(head)) => {
                let section = outline.sections.len();
                let parent = nesting.place(n, line, head, section);
                n += 1;
                own = section as u32;
                outline.sections.push(open(line, head, parent, &outline.sections));
                let section = section as u32;
                if head.run_in { Role::RunIn(section) } else { Role::Heading(section) }
            }
            (Some(Role::Body(_)), None) => {
                if outline.sections.is_empty() {
                    outline.sections.push(Section { level: 1, implicit: true, ..Section::default() });
                }
                let item = items.next_if(|item| item.0 as usize <= i).filter(|item| item.0 as usize == i);
                if let Some(section) = item.and_then(|(_, count)| nesting.item(*count)) {
                    own = section;
                }
                Role::Body(own)
            }
            _ => continue,
        };
        if let Some(own) = roles.get_mut(i) {
            *own = role;
        }
    }
    outline.roles = roles;
    outline
}

/// The section that a heading opens.
fn open(line: Line<'_>, head: &Head, parent: Option<usize>, sections: &[Section]) -> Section {
    let at = |s: Span| Span::new(line.span.start() + s.start(), line.span.start() + s.end());
    let mut new = Section {
        parent: parent.map_or(0, |p| p as u32 + 1),
        level: parent.and_then(|p| sections.get(p)).map_or(1, |p| p.level + 1),
        title: at(head.title),
        bold: line.bold || head.run_in && line.bold_lead > 0,
        ..Section::default()
    };
    if let Some(mark) = line.mark.filter(|m| head.sort == Sort::Numbered && m.number > 0) {
        new.number = at(Span::new(mark.start, mark.number));
        new.mark = at(Span::new(mark.start, mark.end)).end() as u32;
    }
    new
}

/// An open heading.
struct Open {
    /// `None`: without a number.
    kind: Option<Number>,
    /// Its count, or [`NONE`].
    count: u32,
    /// The number is not printed.
    lent: bool,
    /// The level that markup gave.
    explicit: Option<u8>,
    sort: Sort,
    /// It heads the text of its own line.
    run_in: bool,
    section: usize,
    line: u32,
    /// It holds headings made of its own words.
    gathers: bool,
    /// The line of the next heading of its form, or [`NONE`].
    peer: u32,
}

struct Nesting<'l, 'd> {
    lines: &'l Lines<'d>,
    found: &'l Found,
    stack: Vec<Open>,
    /// The first line and the kind of the count that heads the policy's own sections.
    main: Option<(u32, Number)>,
    /// The first line of the last count that no other one holds.
    last: u32,
    /// Such a count stood in a heading without a number.
    parts: bool,
    /// Such a count has started.
    begun: bool,
    /// For headings without a number, as far as there is one, the count in which they take a number's place.
    missing: Vec<u32>,
    /// For headings without a number, the line of the next one that is set like it, or [`NONE`].
    peers: Vec<u32>,
    /// For each count, the index behind that of the section in which it starts; 0 where that is none.
    bases: Vec<u32>,
}

impl Open {
    /// A whole that holds sections of all kinds: a further document, or what is appended.
    fn is_whole(&self) -> bool {
        self.sort == Sort::Document || self.kind == Some(Number::Appendix)
    }
}

impl<'l, 'd> Nesting<'l, 'd> {
    fn new(lines: &'l Lines<'d>, found: &'l Found) -> Self {
        let (missing, peers) = (missing(lines, found), peers(lines, &found.heads));
        let main = main(lines, found);
        Self {
            lines,
            found,
            stack: Vec::new(),
            main,
            last: found.counts.iter().rev().find(|c| c.holder == NONE).map_or(0, |c| c.first),
            parts: false,
            begun: false,
            missing,
            peers,
            bases: Vec::with_capacity(found.counts.len()),
        }
    }

    /// The section in which a count starts, as the index behind its own.
    fn base(&mut self, count: &Count, roles: &[Role], sections: &[Section]) -> u32 {
        let mut keep = self.floor();
        match roles.get(count.holder as usize) {
            Some(Role::Heading(section) | Role::RunIn(section)) => {
                keep = self.above(*section as usize, sections).max(keep);
            }
            // What holds it is an item: it stands where that item's own count does.
            Some(Role::Body(_)) => {
                let base = self.bases.get(count.parent as usize).copied().unwrap_or(0);
                if let Some(section) = base.checked_sub(1) {
                    keep = self.above(section as usize, sections).max(keep);
                }
            }
            _ => {}
        }
        while let Some(open) = self.stack.get(keep) {
            let around = keep.checked_sub(1).and_then(|at| self.stack.get(at));
            if !self.holds(open, count, around.is_none_or(Open::is_whole)) {
                break;
            }
            keep += 1;
        }
        let top = keep.checked_sub(1).and_then(|top| self.stack.get(top));
        let kind = self.lines.get(count.first as usize).and_then(|l| l.mark).map_or(Number::Bullet, |m| m.kind);
        if count.holder == NONE && self.is_main(count, kind) {
            self.parts |= top.is_some_and(|o| o.kind.is_none() && !o.is_whole());
            self.begun = true;
        }
        top.map_or(0, |o| o.section as u32 + 1)
    }

    /// How many open headings there are up to a section, or to the innermost one around it that is open.
    fn above(&self, section: usize, sections: &[Section]) -> usize {
        let mut at = Some(section);
        while let Some(own) = at {
            if let Some(depth) = self.stack.iter().rposition(|o| o.section == own) {
                return depth + 1;
            }
            at = sections.get(own).and_then(Section::parent);
        }
        0
    }

    /// Whether a heading without a number holds a count that starts behind it.
    fn holds(&self, open: &Open, count: &Count, outermost: bool) -> bool {
        let Some(first) = self.lines.get(count.first as usize) else { return false };
        let explicit = if let Kind::Heading(level) = first.kind { Some(level) } else { None };
        let (kind, value) = first.mark.map_or((Number::Bullet, 0), |m| (m.kind, m.value));
        let level = open.explicit.zip(explicit);
        // Such a count heads the policy's own sections.
        let main = outermost && self.is_main(count, kind);
        match open.sort {
            _ if open.is_whole() => kind > Number::Appendix || open.sort == Sort::Document,
            _ if open.lent => true,
            _ if open.kind.is_some() || kind == Number::Appendix => false,
            // A preface holds no section of the policy.
            Sort::Word if open.run_in || main || outermost && kind < Number::HanEnclosed => false,
            _ if level.is_some() => level.is_some_and(|(outer, inner)| outer < inner),
            // The first of its count was lost: it may be this one.
            _ if value > 1 && open.explicit.is_none() => false,
            // What leads to a count holds it.
            _ if open.run_in => open.line + 1 == count.first && self.leads(open),
            // The count runs on over the next of its like.
            _ if open.peer <= count.last => false,
            // A number with dots says what it stands in.
            _ if matches!(kind, Number::Multi(_)) && count.holder != NONE => open.peer != NONE,
            // What stands before all sections is their preface, unless others of its form hold sections of their own.
            _ => !main || self.parts || open.peer < if kind > Number::Han { NONE } else { self.last },
        }
    }

    /// Whether an open heading's line ends in a colon.
    fn leads(&self, open: &Open) -> bool {
        self.lines.get(open.line as usize).is_some_and(|l| is_colon(last(l.text)))
    }

    /// Whether a count is the policy's own, or one of its kind behind that.
    fn is_main(&self, count: &Count, kind: Number) -> bool {
        self.main.is_some_and(|(first, main)| first == count.first || self.begun && main == kind)
    }

    /// Opens a heading; returns the section it stands in.
    fn place(&mut self, n: usize, line: Line<'_>, head: &Head, section: usize) -> Option<usize> {
        let explicit = level(line, head);
        let peer = self.peers.get(n).copied().unwrap_or(NONE);
        let mut open = Open {
            kind: None,
            count: NONE,
            lent: false,
            explicit,
            sort: head.sort,
            run_in: head.run_in,
            section,
            line: head.line,
            gathers: false,
            peer,
        };
        let first = self.stack.first().and_then(|o| o.kind);
        let word = part(line.text, 0, find(line.text, |c| is_blank(c) || is_colon(c)).unwrap_or(line.text.len()));
        let missing = self.missing.get(n).copied().filter(|c| *c != NONE);
        match (head.sort, line.mark, missing) {
            (Sort::Numbered, Some(mark), _) => {
                (open.kind, open.count) = (Some(mark.kind), head.count);
                self.numbered(head.count);
            }
            (Sort::Document, ..) => self.stack.clear(),
            // A word for what is appended, without a number: it heads what follows the numbered sections.
            _ if first.is_some() && terms(group!("numbering.appendix")).contains(&word) => {
                open.kind = Some(Number::Appendix);
                self.keep(0);
            }
            (_, _, Some(count)) if self.stack.iter().any(|o| o.count == count) => {
                (open.kind, open.count, open.lent) = (Some(Number::Bullet), count, true);
                self.numbered(count);
            }
            (Sort::Listed | Sort::Plain, ..) if explicit.is_none() && self.is_gathered(line, head) => {}
            (Sort::Listed, ..) if explicit.is_none() => {
                open.kind = head.lent;
                open.lent = head.lent.is_some();
                self.listed(head);
            }
            (Sort::Word, ..) if explicit.is_none() && self.is_outer(head) => {
                // What is appended may have a preface of its own.
                self.keep(usize::from(first == Some(Number::Appendix)));
            }
            _ => self.unnumbered(head, explicit),
        }
        self.stack.truncate(DEPTH - 1);
        let parent = self.stack.last().map(|o| o.section);
        self.stack.push(open);
        parent
    }

    /// The section of a numbered line that is no heading and goes on with a count that started outside of the open one: what
    /// is open inside of that ends. On the outermost level there is none.
    fn item(&mut self, count: u32) -> Option<u32> {
        let beside = self.stack.iter().rposition(|o| o.count == count);
        let base = || {
            let section = self.bases.get(count as usize)?.checked_sub(1)? as usize;
            Some(self.stack.iter().rposition(|o| o.section == section)? + 1)
        };
        let keep = beside.or_else(base).filter(|keep| (1..self.stack.len()).contains(keep))?;
        self.keep(keep);
        self.stack.last().map(|o| o.section as u32)
    }

    /// Whether no open number goes on behind a heading, and no markup puts it inside of another one.
    fn is_outer(&self, head: &Head) -> bool {
        !self.stack.iter().any(|o| o.explicit.is_some() && o.kind.is_some() || self.goes_on(o, head.line))
    }

    /// Whether the count of an open heading goes on behind a line.
    fn goes_on(&self, open: &Open, line: u32) -> bool {
        self.found.counts.get(open.count as usize).is_some_and(|c| c.last > line)
    }

    /// The open headings that nothing ends: the document.
    fn floor(&self) -> usize {
        usize::from(self.stack.first().is_some_and(|o| o.sort == Sort::Document))
    }

    /// Keeps the `n` outermost open headings, and the document they stand in.
    fn keep(&mut self, n: usize) {
        self.stack.truncate(n.max(self.floor()));
    }

    /// Makes room for a number: beside the open one of its count, or where that started.
    fn numbered(&mut self, count: u32) {
        if let Some(at) = self.stack.iter().rposition(|o| o.count == count) {
            self.keep(at);
            return;
        }
        let base = self.bases.get(count as usize).and_then(|b| (*b as usize).checked_sub(1));
        let at = base.and_then(|b| self.stack.iter().rposition(|o| o.section == b));
        self.keep(at.map_or(0, |at| at + 1));
    }

    /// Makes room for a heading inside of one right before it whose words it repeats ("sharing" below "how we share and
    /// transfer"), and for those that follow it there; says whether there is such a one.
    fn is_gathered(&mut self, line: Line<'_>, head: &Head) -> bool {
        /// Of four characters of a heading right behind it so many are its own.
        const OWN: usize = 3;
        let (own, words) = (self.stack.len(), key(line.body()));
        let repeats = |o: &Open| {
            let outer = self.lines.get(o.line as usize).map_or_else(String::new, |l| key(l.body()));
            let (all, shared) = (count(&words), words.chars().filter(|c| outer.contains(*c)).count());
            let like = self.lines.get(o.line as usize).is_some_and(|l| (l.kind, l.bold) == (line.kind, line.bold));
            let close = like && o.line + 1 == head.line && shared * 4 >= all * OWN;
            words.len() < outer.len() && (shared == all || close)
        };
        let plain = |o: &Open| matches!(o.sort, Sort::Listed | Sort::Plain) && !o.run_in;
        let found = self
            .stack
            .iter()
            .enumerate()
            .rposition(|(at, o)| plain(o) && (o.gathers || at + 1 == own && o.line + 1 == head.line) && repeats(o));
        let Some(at) = found else { return false };
        self.keep(at + 1);
        if let Some(open) = self.stack.last_mut() {
            open.gathers = true;
        }
        true
    }

    /// Makes room for a heading that the printed contents name: beside what has the kind of number that its entry has, or
    /// on the outermost level.
    fn listed(&mut self, head: &Head) {
        let first = self.stack.first().and_then(|o| o.kind);
        let like = |o: &Open| head.lent.is_some() && o.kind == head.lent;
        let lent = self.stack.iter().rposition(|o| like(o) && o.lent);
        let like = lent.or_else(|| self.stack.iter().position(like));
        self.keep(like.unwrap_or(usize::from(first == Some(Number::Appendix))));
    }

    /// Makes room for a heading without a number.
    fn unnumbered(&mut self, head: &Head, explicit: Option<u8>) {
        if let Some(n) = explicit {
            if let Some(at) =
                self.stack.iter().position(|o| o.explicit.is_some_and(|e| e >= n) && o.sort != Sort::Document)
            {
                self.keep(at);
            } else if let Some(last) = self.stack.iter().rposition(|o| o.explicit.is_some()) {
                // An entry of a list stands in the phrase before that, too.
                let phrase = |o: &Open| n > MARKUP && o.kind.is_none() && !o.run_in;
                self.keep(last + 1 + self.stack.iter().skip(last + 1).take_while(|o| phrase(o)).count());
            }
            return;
        }
        // It does not leave a number that goes on behind it.
        let inside = self.stack.iter().rposition(|o| self.goes_on(o, head.line)).map_or(0, |at| at + 1);
        // Its words are not those of the heading that gathers some: it stands beside that.
        if let Some(at) = self.stack.iter().rposition(|o| o.gathers && o.sort == head.sort).filter(|at| *at >= inside) {
            self.keep(at);
            return;
        }
        let caption = head.sort == Sort::Caption;
        let plain =
            |o: &Open| o.kind.is_none() && o.explicit.is_none() && !matches!(o.sort, Sort::Document | Sort::Listed);
        // Labels in a row run in all, or have bullets all: bold ones, and such with bullets, stand inside of a heading right
        // before them that is set otherwise.
        let listed = |l: Line<'_>| l.mark.is_some() || matches!(l.kind, Kind::Item(_));
        let bullet = |line: u32| self.lines.get(line as usize).is_some_and(listed);
        let bold = |line: u32| self.lines.get(line as usize).is_some_and(|l| l.bold_lead > 0);
        let form = |o: &Open| (o.run_in, bullet(o.line)) == (head.run_in, bullet(head.line));
        let like = self.stack.iter().rposition(|o| plain(o) && form(o));
        let within = |o: &Open| {
            let set = bold(head.line) && !bold(o.line) && o.line + 1 == head.line;
            head.run_in && !o.run_in && set || bullet(head.line) && !bullet(o.line)
        };
        match like.or_else(|| self.stack.iter().rposition(plain)).filter(|at| *at >= inside) {
            Some(at) if like.is_none() && self.stack.get(at).is_some_and(within) => self.keep(at + 1),
            // A table's heading stands in the one before it, unless that heads a table, too.
            Some(at) => {
                self.keep(at + usize::from(caption && self.stack.get(at).is_some_and(|o| o.sort != Sort::Caption)));
            }
            // A heading that runs in heads its own paragraph.
            None => while self.stack.pop_if(|top| top.run_in).is_some() {},
        }
    }
}

/// The innermost level of headings that markup has.
const MARKUP: u8 = 6;

/// The level of a heading that markup gave: titles of entries in lists stand below all others.
fn level(line: Line<'_>, head: &Head) -> Option<u8> {
    let titled = || head.sort == Sort::Plain && !head.run_in && !is_colon(last(line.text));
    match line.kind {
        Kind::Heading(level) => Some(level),
        Kind::Item(depth) if line.mark.is_none() && titled() => Some(MARKUP + depth),
        _ => None,
    }
}

/// The number that a heading counts with.
#[inline(never)]
fn number(lines: &Lines<'_>, head: &Head) -> Option<(Number, u32)> {
    let mark = lines.get(head.line as usize)?.mark.filter(|_| head.sort == Sort::Numbered)?;
    Some((mark.kind, mark.value))
}

/// Headings without a number between `一` and `四` are the missing `二` and `三`, if there are just so many: for each
/// heading the count in which it takes a place, or [`NONE`].
fn missing(lines: &Lines<'_>, found: &Found) -> Vec<u32> {
    let mut out = vec![NONE; found.heads.len()];
    // For each count its last value, and how many headings had been seen without a number.
    let mut last: Vec<(u32, usize)> = vec![(0, 0); found.counts.len()];
    // Those that have none.
    let mut bare: Vec<u32> = Vec::new();
    for (n, head) in found.heads.iter().enumerate() {
        let Some((_, value)) = number(lines, head) else {
            bare.push(n as u32);
            continue;
        };
        let Some((before, seen)) = last.get_mut(head.count as usize) else { continue };
        if *before > 0 && *before as usize + 1 + bare.len() - *seen == value as usize {
            for at in bare.get(*seen..).unwrap_or(&[]) {
                if let Some(slot) = out.get_mut(*at as usize) {
                    *slot = head.count;
                }
            }
        }
        (*before, *seen) = (value, bare.len());
    }
    out
}

/// For headings without a number, the line of the next one that is set like it, or [`NONE`].
fn peers(lines: &Lines<'_>, heads: &[Head]) -> Vec<u32> {
    let mut peers = vec![NONE; heads.len()];
    let mut next = Numbers::default();
    for (n, head) in heads.iter().enumerate().rev().filter(|(_, h)| h.sort != Sort::Numbered) {
        let Some(line) = lines.get(head.line as usize) else { continue };
        let form = u64::from(level(line, head).unwrap_or(0)) << 3
            | u64::from(head.sort == Sort::Listed) << 2
            | u64::from(line.bold) << 1
            | u64::from(head.run_in);
        let after = next.insert(form, head.line as usize);
        if let (Some(after), Some(peer)) = (after, peers.get_mut(n)) {
            *peer = after as u32;
        }
    }
    peers
}

/// Of the counts that no other one holds, the kind of the one that heads most sections, and the first line of the first
/// one of that kind that is about as long.
fn main(lines: &Lines<'_>, found: &Found) -> Option<(u32, Number)> {
    let mut sizes = vec![0u32; found.counts.len()];
    for head in &found.heads {
        if let Some(size) = sizes.get_mut(head.count as usize) {
            *size += 1;
        }
    }
    let kind = |c: &Count| lines.get(c.first as usize).and_then(|l| l.mark).map(|m| m.kind);
    let unheld = || {
        let outer = found.counts.iter().zip(&sizes).filter(|(c, size)| c.holder == NONE && **size > 1);
        outer.filter_map(|(c, size)| Some((*size, c.first, kind(c).filter(|k| *k > Number::Appendix)?)))
    };
    // The first of equals.
    let (most, _, main) = unheld().rev().max_by_key(|c| c.0)?;
    unheld().find(|c| c.2 == main && c.0 * SHORTER >= most).map(|c| (c.1, main))
}
