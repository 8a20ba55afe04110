//! Numbered lines → counts: lines that count on, and which count starts inside which member of another.
//!
//! Kinds of numbers have no ranks of their own. A count stands inside another one where that goes on behind it, or where
//! other counts of these two kinds stand so in this document; the usual order of kinds decides only where neither tells.

use super::body::Body;
use super::shapes::{Shape, is_lead};
use super::{Line, path};
use crate::blocks::Kind;
use crate::numbering::Kind as Number;
use crate::text::{Numbers, hash, part, trim};

/// Deeper marks than these are no count of their own.
const DEPTH: usize = 16;

/// Counts of one kind that may wait for their next number: lists within lists of the same kind are seldom deeper than two.
const WAITING: usize = 4;

/// Looks of numbers (kind and separator) that are told apart; no policy has more than a dozen.
const LOOKS: usize = 24;

/// One that stands inside of the other this often, where the other does so once, is a kind that the document uses on both
/// levels.
const BOTH: u32 = 4;

/// How a bold line is set, beside levels of headings.
const BOLD: u8 = 8;

/// The longest line that only leads to a list, in characters.
const LEAD: usize = 45;

/// No line, no count, no item.
pub(super) const NONE: u32 = u32::MAX;

/// Lines that count on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    /// Its first and its last line.
    pub first: u32,
    pub last: u32,
    /// The line of the member of another count inside which it starts, or [`NONE`], and that count.
    pub holder: u32,
    pub parent: u32,
}

/// The counts of a body.
pub(super) struct Counts {
    /// In the order of their first lines, as positions in the body.
    pub all: Vec<Count>,
    /// For each line of the body, its count, or [`NONE`].
    of: Vec<u32>,
    /// Body lines between two members of a count where one number is missing, or a few.
    gaps: Vec<(u32, u32)>,
}

impl Counts {
    /// The count of a body line.
    pub fn of(&self, n: usize) -> Option<usize> {
        self.of.get(n).filter(|c| **c != NONE).map(|c| *c as usize)
    }

    /// Whether a body line stands where a number is missing.
    pub fn lacks_one(&self, n: usize) -> bool {
        let i = self.gaps.partition_point(|(_, to)| *to as usize <= n);
        self.gaps.get(i).is_some_and(|(from, _)| (*from as usize) < n)
    }

    /// Finds the counts of a body.
    pub fn new(body: &Body<'_, '_>) -> Self {
        let items = items(body);
        let ahead = Ahead::new(&items);
        let mut forest = Forest { body, items: &items, ahead, open: Vec::new(), all: Vec::new(), gaps: Vec::new() };
        let mut of = vec![NONE; body.at.len()];
        for (i, item) in items.iter().enumerate() {
            forest.take(i, item);
            if let (Some(own), Some(open)) = (of.get_mut(item.line as usize), forest.open.last()) {
                *own = open.id;
            }
        }
        Self { all: forest.all, of, gaps: forest.gaps }
    }
}

/// A numbered line.
#[derive(Clone, Copy)]
struct Item {
    line: u32,
    kind: Number,
    value: u32,
    /// All groups of its number.
    path: u64,
    /// What is printed between number and text, hashed.
    separator: u32,
    /// Its look, as a row and a column of votes.
    look: u32,
    /// The line can be a title.
    title: bool,
    /// How it is set: its level as a heading, or bold.
    set: u8,
}

impl Item {
    fn new(n: usize, line: Line<'_>, shape: Shape, looks: &mut Vec<u64>) -> Option<Self> {
        let mark = line.mark.filter(|m| m.kind != Number::Bullet)?;
        let separator = hash(trim(part(line.text, mark.number, mark.end))) as u32;
        let look = mark.kind.code(separator);
        let known = looks.iter().position(|l| *l == look).unwrap_or(looks.len()).min(LOOKS - 1);
        if known == looks.len() {
            looks.push(look);
        }
        Some(Self {
            line: n as u32,
            kind: mark.kind,
            value: mark.value,
            path: path(part(line.text, mark.start, mark.number), &mark),
            separator,
            look: known as u32,
            title: matches!(shape, Shape::Title | Shape::Sure | Shape::Gap(_)),
            set: if let Kind::Heading(level) = line.kind { level } else { BOLD * u8::from(line.bold) },
        })
    }

    /// The groups before the last one.
    fn prefix(&self) -> u64 {
        self.path >> 16
    }

    /// Whether two count with the same numbers.
    fn fits(&self, other: &Self) -> bool {
        self.kind == other.kind && self.prefix() == other.prefix()
    }

    fn counts_on(&self, before: &Self) -> bool {
        self.fits(before) && before.value + 1 == self.value
    }

    /// How much it looks like another one: how it is set tells where nothing else does.
    fn likeness(&self, other: &Self) -> u8 {
        4 * u8::from(self.separator == other.separator)
            + 2 * u8::from(self.title == other.title)
            + u8::from(self.set == other.set)
    }
}

fn items(body: &Body<'_, '_>) -> Vec<Item> {
    let (mut items, mut looks) = (Vec::new(), Vec::new());
    for n in 0..body.at.len() {
        items.extend(body.line(n).and_then(|line| Item::new(n, line, body.shape(n), &mut looks)));
    }
    items
}

/// What comes behind each numbered line, as far as numbers of the same kind tell.
struct Ahead {
    /// The line that counts on from it, or [`NONE`].
    next: Vec<u32>,
    /// The last one of those that count on from it.
    end: Vec<u32>,
    /// How often one look starts, and ends, between two numbers of another.
    votes: Vec<u32>,
}

impl Ahead {
    fn new(items: &[Item]) -> Self {
        let mut ahead = Self {
            next: vec![NONE; items.len()],
            end: (0..items.len() as u32).collect(),
            votes: vec![0; LOOKS * LOOKS],
        };
        ahead.link(items);
        for i in (0..items.len()).rev() {
            let next = ahead.next.get(i).copied().unwrap_or(NONE);
            if let (Some(far), Some(end)) = (ahead.end.get(next as usize).copied(), ahead.end.get_mut(i)) {
                *end = far;
            }
        }
        ahead.vote(items);
        ahead
    }

    /// Finds the line that counts on from each: of several that wait, the one that looks like it; the innermost of these.
    fn link(&mut self, items: &[Item]) {
        let mut stacks: Vec<Vec<u32>> = Vec::new();
        let mut of = Numbers::default();
        for (i, item) in items.iter().enumerate() {
            let key = item.kind.code(0) ^ item.prefix().wrapping_mul(0x9e37_79b9);
            let at = of.get(key).unwrap_or(stacks.len());
            if at == stacks.len() {
                stacks.push(Vec::new());
                of.insert(key, at);
            }
            let Some(stack) = stacks.get_mut(at) else { continue };
            let mut found: Option<(u8, usize)> = None;
            for (depth, waiting) in stack.iter().enumerate() {
                if let Some(before) = items.get(*waiting as usize).filter(|b| item.counts_on(b)) {
                    found = found.max(Some((item.likeness(before), depth)));
                }
            }
            if let Some((_, depth)) = found {
                if let Some(next) = stack.get(depth).and_then(|w| self.next.get_mut(*w as usize)) {
                    *next = i as u32;
                }
                stack.truncate(depth);
            } else if stack.len() == WAITING {
                stack.remove(0);
            }
            stack.push(i as u32);
        }
    }

    fn vote(&mut self, items: &[Item]) {
        let mut latest = [NONE; LOOKS];
        for (i, item) in items.iter().enumerate() {
            let own = item.look as usize;
            if item.value <= 1 {
                for (look, before) in latest.iter().enumerate().filter(|(look, _)| *look != own) {
                    if self.holds(*before as usize, i)
                        && let Some(votes) = self.votes.get_mut(look * LOOKS + own)
                    {
                        *votes += 1;
                    }
                }
            }
            if let Some(latest) = latest.get_mut(own) {
                *latest = i as u32;
            }
        }
    }

    /// Whether what starts with item `i` has ended before the item that counts on from another one.
    fn holds(&self, before: usize, i: usize) -> bool {
        let Some(next) = self.next.get(before).copied().filter(|n| *n != NONE) else { return false };
        next as usize > i && self.end.get(i).is_some_and(|end| *end < next)
    }

    fn votes(&self, outer: &Item, inner: &Item) -> u32 {
        self.votes.get(outer.look as usize * LOOKS + inner.look as usize).copied().unwrap_or(0)
    }
}

/// A count that is open.
struct Open {
    /// Its last member so far: the index of its item.
    item: u32,
    id: u32,
    /// A count of its own kind started inside of one of its members.
    nests: bool,
}

struct Forest<'i, 'l, 'd> {
    body: &'i Body<'l, 'd>,
    items: &'i [Item],
    ahead: Ahead,
    /// Outermost first.
    open: Vec<Open>,
    all: Vec<Count>,
    gaps: Vec<(u32, u32)>,
}

impl Forest<'_, '_, '_> {
    fn item(&self, at: usize) -> Option<&Item> {
        self.items.get(self.open.get(at)?.item as usize)
    }

    /// Puts an item into the count that it continues, or opens one.
    fn take(&mut self, i: usize, item: &Item) {
        if let Some(at) = self.continued(item) {
            self.open.truncate(at + 1);
            self.note_gap(at, item);
        } else {
            let depth = self.place(i, item);
            // What goes on behind the new count stays open, though its own number says that it stands further out.
            let dotted = item.prefix() > 0;
            let goes_on = |at: &usize| self.open.get(*at).is_some_and(|o| self.ahead.holds(o.item as usize, i));
            let keep = (depth..self.open.len()).rev().filter(|_| dotted).find(goes_on).map_or(depth, |at| at + 1);
            let around = depth.checked_sub(1);
            let parent = around.and_then(|at| self.open.get(at)).map_or(NONE, |o| o.id);
            let holder = around.and_then(|at| self.item(at)).map_or(NONE, |o| o.line);
            self.open.truncate(keep.min(DEPTH));
            let id = self.all.len() as u32;
            let same = self.open.len().checked_sub(1).and_then(|at| self.item(at)).is_some_and(|o| o.fits(item));
            if let Some(open) = self.open.last_mut().filter(|_| same) {
                open.nests = true;
            }
            self.all.push(Count { first: item.line, last: item.line, holder, parent });
            self.open.push(Open { item: i as u32, id, nests: false });
        }
        let Some(own) = self.open.last_mut() else { return };
        own.item = i as u32;
        if let Some(count) = self.all.get_mut(own.id as usize) {
            count.last = item.line;
        }
    }

    /// The open count that an item belongs to. Doubled, skipped and misordered numbers do as well: only 1 starts a new one.
    fn continued(&self, item: &Item) -> Option<usize> {
        let mut next: Option<(u8, usize)> = None;
        let mut near = None;
        for at in 0..self.open.len() {
            let Some(before) = self.item(at).filter(|b| item.fits(b)) else { continue };
            if item.counts_on(before) {
                next = next.max(Some((item.likeness(before), at)));
            }
            if item.value > before.value || item.value > 1 {
                near = Some(at);
            }
        }
        next.map(|n| n.1).or(near)
    }

    /// Notes where a number is missing, or a few.
    fn note_gap(&mut self, at: usize, item: &Item) {
        let Some(before) = self.item(at).copied() else { return };
        if (before.value + 2..before.value + 5).contains(&item.value)
            && before.line < item.line
            && self.gaps.last().is_none_or(|(_, to)| *to <= before.line)
        {
            self.gaps.push((before.line, item.line));
        }
    }

    /// Whether the lead-in right before an item speaks of what an earlier one is called: its own list starts there.
    fn resumes(&self, item: &Item, before: &Item) -> bool {
        /// Bytes of a title that a lead-in repeats: four characters.
        const WORDS: usize = 12;
        let lead = self.body.before(item.line as usize).filter(|l| l.mark.is_none() && is_lead(*l));
        let title = self.body.line(before.line as usize).map_or("", |l| l.body());
        let words = title.get(..WORDS).unwrap_or("");
        item.value == 1 && !words.is_empty() && lead.is_some_and(|l| l.length <= LEAD && l.text.contains(words))
    }

    /// How many open counts hold a new one that starts with an item.
    fn place(&self, i: usize, item: &Item) -> usize {
        let depth = self.open.len();
        // The chapters that the printed contents list stand in parts at the most.
        if item.value <= 1 && self.body.is_chapter(item.line as usize) {
            let part = |at: &usize| self.item(*at).is_some_and(|o| o.kind < Number::Article);
            return (0..depth).take_while(part).count();
        }
        if item.prefix() > 0 {
            // A number with dots says itself which number it stands in; where that was lost, its like do.
            let holds = |o: &Item| o.path == item.prefix() && (o.kind <= Number::Decimal || o.prefix() > 0);
            let find = |holds: &dyn Fn(&Item) -> bool| (0..depth).rev().find(|at| self.item(*at).is_some_and(holds));
            if let Some(at) = find(&holds) {
                return at + 1;
            }
            if let Some(at) = find(&|o| o.kind == item.kind) {
                return at;
            }
        }
        let new = item.value <= 1
            && item.kind >= Number::HanEnclosed
            && !(0..depth).any(|at| self.item(at).is_some_and(|o| o.fits(item)));
        for at in (0..depth).rev() {
            let Some(open) = self.open.get(at) else { continue };
            let Some(before) = self.items.get(open.item as usize) else { continue };
            if self.ahead.holds(open.item as usize, i) {
                return at + 1;
            }
            if before.fits(item) {
                return at + usize::from(open.nests || self.resumes(item, before));
            }
            let (votes, against) = (self.ahead.votes(before, item), self.ahead.votes(item, before));
            // Where no other count tells, what starts behind a number stands inside of it, outer kinds of numbers aside.
            let inner = before.kind < item.kind || new && (before.title || !item.title);
            if votes > 0 && votes * BOTH >= against || votes == against && inner {
                return at + 1;
            }
        }
        0
    }
}
