//! Packed words → a tree of their characters → where they stand in a text.
//!
//! The words come in order, each behind how many characters it shares with the one before (build/lists.rs): a node's
//! children come in the order of their characters, and are laid out side by side. A node is found by its character among
//! its parent's children; those of the root by a table.

use super::{COUNT, Group, Hit, fold};

/// Words as build.rs packs them.
pub struct Packed {
    /// Each word behind control characters that say how much of the one before is kept.
    pub words: &'static str,
    /// For each word the groups in which it stands, see [`Out`].
    pub outs: &'static [u16],
}

impl Packed {
    /// Calls `take` for each character that a word has and the one before has not, with the number of those that are kept,
    /// and whether a new word starts with it.
    fn each(&self, mut take: impl FnMut(char, usize, bool)) {
        let (mut keep, mut new) = (0, false);
        for c in self.words.chars() {
            match c {
                '\u{1f}' => keep += 30,
                '\0'..'\u{1f}' => (keep, new) = (keep + c as usize - 1, true),
                _ => {
                    take(c, keep, new);
                    (keep, new) = (0, false);
                }
            }
        }
    }

    /// The words in one text, and where each of them starts.
    pub fn unpacked(&self) -> (String, Vec<u32>) {
        let (mut words, mut starts) = (String::with_capacity(self.words.len() * 2), Vec::new());
        // Where the last word starts, and how many bytes it has up to each of its characters' ends.
        let (mut start, mut ends): (usize, Vec<usize>) = (0, Vec::new());
        self.each(|c, keep, new| {
            if new {
                ends.truncate(keep);
                let kept = start..start + ends.last().copied().unwrap_or(0);
                start = words.len();
                starts.push(start as u32);
                words.extend_from_within(kept);
            }
            words.push(c);
            ends.push(words.len() - start);
        });
        (words, starts)
    }

    /// For each word the groups in which it stands, and whether as a look-alike.
    pub fn outs(&self) -> impl Iterator<Item = impl Iterator<Item = (Group, bool)> + use<>> {
        self.outs
            .split_inclusive(|out| out & 1 > 0)
            .map(|outs| outs.iter().map(|out| (Out(*out).group(), Out(*out).look_alike())))
    }
}

/// A group in which a word stands: number * 8 + 4 where the group has look-alikes + 2 for one of these + 1 for the word's last.
#[derive(Clone, Copy)]
struct Out(u16);

impl Out {
    fn group(self) -> Group {
        Group(self.0 / 8)
    }

    fn doubtful(self) -> bool {
        self.0 & 4 > 0
    }

    fn look_alike(self) -> bool {
        self.0 & 2 > 0
    }
}

/// A character behind those of its parents.
#[derive(Clone, Copy, Default)]
struct Node {
    /// What the character is; none of the lists' is above U+FFFF.
    label: u16,
    /// Where its children are among the nodes, and how many.
    first: u16,
    children: u16,
    /// Where the groups of the word that ends here are among all words', and how many; 0 where none ends.
    out: u16,
    outs: u16,
}

/// The tree. The root has no node.
pub struct Trie {
    nodes: Vec<Node>,
    /// By character, the number of the root's child; [`NONE`] for most.
    roots: Vec<u16>,
    outs: &'static [u16],
    /// By group, the characters with which its words start.
    firsts: Vec<Firsts>,
}

/// Characters by their low bits: where few groups are looked for, most places of a text are left at once.
#[derive(Clone, Copy, Default)]
struct Firsts([u64; 4]);

impl Firsts {
    const ALL: Self = Self([u64::MAX; 4]);

    fn add(&mut self, label: u16) {
        if let Some(bits) = self.0.get_mut(usize::from(label >> 6 & 3)) {
            *bits |= 1 << (label & 63);
        }
    }

    fn join(&mut self, other: &Self) {
        for (bits, more) in self.0.iter_mut().zip(&other.0) {
            *bits |= more;
        }
    }

    #[inline]
    fn may_have(&self, label: u16) -> bool {
        self.0.get(usize::from(label >> 6 & 3)).is_some_and(|bits| bits >> (label & 63) & 1 > 0)
    }
}

const NONE: u16 = u16::MAX;

/// A word of a group with look-alikes, before it is chosen.
#[derive(Clone, Copy)]
struct Found {
    hit: Hit,
    look_alike: bool,
    /// The next one of the group, counted from 1.
    next: u32,
}

/// What is known of a group while a text is scanned.
#[derive(Clone, Copy, Default)]
struct Slot {
    /// Where the last hit that was kept ends; behind the scan, where the group's next hit goes.
    at: u32,
    kept: u32,
    /// Its first word in `found`, counted from 1.
    first: u32,
}

/// A character of a text that is no white space, as words are compared.
#[derive(Clone, Copy)]
struct Letter {
    /// What it folds to; 0, which no word has, above U+FFFF.
    label: u16,
    /// Whether a word may start before it, and end behind it.
    opens: bool,
    closes: bool,
    /// Where it stands.
    start: u32,
    end: u32,
}

/// What is found in one text after another.
#[derive(Clone, Debug, Default)]
pub struct Finds {
    /// By text, group and start.
    pub hits: Vec<Hit>,
    /// For each text and group that is hit, by number, how many hits of the text there are up to the group's last one.
    pub ends: Vec<u32>,
    /// By text, where a stretch ends and the next one starts, ascending.
    pub breaks: Vec<u32>,
}

/// Room that one text after another is scanned in.
#[derive(Default)]
pub struct Room {
    letters: Vec<Letter>,
    /// The words that start at a place: ends and groups.
    words: Vec<(u32, u16, u16)>,
    /// Those of groups with look-alikes, by start, the longest first.
    found: Vec<Found>,
    /// The groups of which look-alikes were found.
    alike: Present,
    /// The hits in the order in which they were kept: within a group by start.
    kept: Vec<Hit>,
    slots: Vec<Slot>,
    present: Present,
    likes: Vec<(usize, usize)>,
}

impl Trie {
    /// Lays the words out, once through them for each step.
    pub fn new(packed: &Packed) -> Self {
        // By order of words: the characters, each with its parent, and the groups at the end of words.
        // A character has three bytes, mostly.
        let room = packed.words.len() / 3;
        let (mut nodes, mut parents): (Vec<Node>, Vec<u16>) = (Vec::with_capacity(room), Vec::with_capacity(room));
        nodes.push(Node::default());
        parents.push(0);
        let (mut path, mut ends): (Vec<u16>, Vec<u16>) = (Vec::new(), Vec::with_capacity(packed.outs.len()));
        let (mut firsts, mut starts) = (vec![Firsts::default(); COUNT], Vec::with_capacity(packed.outs.len()));
        packed.each(|c, keep, new| {
            if new {
                ends.extend(path.last());
                path.truncate(keep);
                starts.push(if keep == 0 { c as u16 } else { starts.last().copied().unwrap_or(0) });
            }
            let parent = path.last().copied().unwrap_or(0);
            if let Some(parent) = nodes.get_mut(usize::from(parent)) {
                parent.children += 1;
            }
            path.push(nodes.len() as u16);
            parents.push(parent);
            nodes.push(Node { label: c as u16, ..Node::default() });
        });
        ends.extend(path.last());
        let mut out = 0;
        for (end, outs) in ends.iter().zip(packed.outs.split_inclusive(|out| out & 1 > 0)) {
            if let Some(node) = nodes.get_mut(usize::from(*end)) {
                (node.out, node.outs) = (out, outs.len() as u16);
            }
            out += outs.len() as u16;
        }
        for (start, outs) in starts.iter().zip(packed.outs()) {
            for (group, _) in outs {
                firsts.get_mut(usize::from(group.0)).into_iter().for_each(|firsts| firsts.add(*start));
            }
        }
        Self { firsts, ..Self::placed(nodes, &parents, packed.outs) }
    }

    /// Puts the children of a node side by side.
    fn placed(mut nodes: Vec<Node>, parents: &[u16], outs: &'static [u16]) -> Self {
        let mut next = 0;
        for node in &mut nodes {
            node.first = next;
            next += node.children;
        }
        let mut free: Vec<u16> = nodes.iter().map(|node| node.first).collect();
        let mut placed = vec![Node::default(); nodes.len() - 1];
        for (node, parent) in nodes.iter().zip(parents).skip(1) {
            let Some(place) = free.get_mut(usize::from(*parent)) else { continue };
            if let Some(slot) = placed.get_mut(usize::from(*place)) {
                *slot = *node;
            }
            *place += 1;
        }
        let mut roots = vec![NONE; 0x1_0000];
        let children = nodes.first().map_or(0, |root| root.children);
        for (number, node) in placed.iter().take(usize::from(children)).enumerate() {
            if let Some(root) = roots.get_mut(usize::from(node.label)) {
                *root = number as u16;
            }
        }
        Self { nodes: placed, roots, outs, firsts: Vec::new() }
    }

    /// The child of a node with that character.
    #[inline]
    fn child(&self, node: &Node, label: u16) -> Option<&Node> {
        let from = usize::from(node.first);
        let mut children = self.nodes.get(from..from + usize::from(node.children))?;
        // Some have a hundred.
        while children.len() > 6 {
            let (low, high) = children.split_at(children.len() / 2);
            children = if high.first().is_some_and(|n| n.label <= label) { high } else { low };
        }
        children.iter().find(|n| n.label == label)
    }

    /// Whether a word of a group may start with a character, which is folded: no word does where this says so.
    pub fn may_start(&self, group: Group, c: char) -> bool {
        self.firsts.get(usize::from(group.0)).is_some_and(|firsts| firsts.may_have(c as u16))
    }

    /// The characters with which the words of some groups start.
    fn firsts(&self, groups: &Present) -> Firsts {
        /// So many groups start with every character.
        const MANY: u32 = 32;
        if groups.0.iter().map(|bits| bits.count_ones()).sum::<u32>() > MANY {
            return Firsts::ALL;
        }
        let mut firsts = Firsts::default();
        groups.each(|group| self.firsts.get(usize::from(group.0)).into_iter().for_each(|more| firsts.join(more)));
        firsts
    }

    /// Adds what is found in a text, see `lexicon::scan`, or the hits of some groups alone; which groups the hits are of.
    pub fn scan(&self, text: &str, only: Option<&Present>, room: &mut Room, found: &mut Finds) -> Groups {
        if room.slots.is_empty() {
            room.slots = vec![Slot::default(); COUNT];
        }
        room.spell(text, &mut found.breaks);
        let firsts = only.map_or(Firsts::ALL, |only| self.firsts(only));
        let (letters, mut words) = (std::mem::take(&mut room.letters), std::mem::take(&mut room.words));
        for (at, letter) in letters.iter().enumerate() {
            if !letter.opens || !firsts.may_have(letter.label) {
                continue;
            }
            let root = self.roots.get(usize::from(letter.label)).and_then(|root| self.nodes.get(usize::from(*root)));
            let Some(mut node) = root else { continue };
            let mut last = letter;
            let mut rest = letters.get(at + 1..).unwrap_or_default().iter();
            loop {
                if node.outs > 0 && last.closes {
                    words.push((last.end, node.out, node.outs));
                }
                if node.children == 0 {
                    break;
                }
                let Some(next) = rest.next() else { break };
                let Some(child) = self.child(node, next.label) else { break };
                (node, last) = (child, next);
            }
            // Longest first.
            while let Some((end, out, outs)) = words.pop() {
                let (start, out) = (letter.start, usize::from(out));
                let Ok(length) = u16::try_from(end - start) else { continue };
                for out in self.outs.get(out..out + usize::from(outs)).unwrap_or_default() {
                    let out = Out(*out);
                    let hit = Hit { start, length, group: out.group() };
                    if only.is_some_and(|only| !only.has(hit.group)) {
                        continue;
                    }
                    if out.doubtful() {
                        room.doubt(hit, out.look_alike());
                    } else {
                        room.keep(hit);
                    }
                }
            }
        }
        (room.letters, room.words) = (letters, words);
        room.choose();
        room.sorted(found)
    }
}

impl Room {
    /// Room for texts whose hits of some groups nobody asks for.
    pub fn without(groups: &[Group]) -> Self {
        let mut room = Self { slots: vec![Slot::default(); COUNT], ..Self::default() };
        for group in groups {
            // Behind every text: no hit is kept.
            room.slots.get_mut(usize::from(group.0)).into_iter().for_each(|slot| slot.at = u32::MAX);
        }
        room
    }

    /// Takes the characters of a text, and adds where its stretches end.
    fn spell(&mut self, text: &str, breaks: &mut Vec<u32>) {
        self.letters.clear();
        self.letters.reserve(text.len() / 2);
        let mut before = '\n';
        for (start, c) in text.char_indices() {
            let end = (start + c.len_utf8()) as u32;
            let mut letter = Letter { label: c as u16, opens: true, closes: true, start: start as u32, end };
            // Ideographs are most of a text.
            if !matches!(c, '\u{3003}'..='\u{ff00}') {
                let folded = fold(c);
                letter.label = u16::try_from(folded as u32).unwrap_or(0);
                if is_break(folded) {
                    breaks.push(end);
                }
                if runs_on(before, c) {
                    letter.opens = false;
                    self.letters.last_mut().into_iter().for_each(|last| last.closes = false);
                }
                if c.is_whitespace() {
                    before = c;
                    continue;
                }
            }
            before = c;
            self.letters.push(letter);
        }
    }

    /// Takes a word of a group with look-alikes.
    fn doubt(&mut self, hit: Hit, look_alike: bool) {
        if look_alike {
            self.alike.add(hit.group);
        }
        self.found.push(Found { hit, look_alike, next: 0 });
    }

    /// Of overlapping hits of a group, which come by start and the longest first, keeps the leftmost, then longest.
    #[inline]
    fn keep(&mut self, hit: Hit) {
        let Some(slot) = self.slots.get_mut(usize::from(hit.group.0)) else { return };
        if hit.start >= slot.at {
            if slot.kept == 0 {
                self.present.add(hit.group);
            }
            slot.at = hit.start + u32::from(hit.length);
            slot.kept += 1;
            self.kept.push(hit);
        }
    }

    /// Moves the hits that were kept out, by group and start.
    fn sorted(&mut self, Finds { hits, ends, .. }: &mut Finds) -> Groups {
        let mut groups = Groups { present: std::mem::take(&mut self.present), before: [0; BLOCKS] };
        let from = hits.len();
        let (mut count, mut number) = (0, 0);
        for ((block, bits), before) in groups.present.0.iter().enumerate().zip(&mut groups.before) {
            *before = number;
            each(*bits, |bit| {
                number += 1;
                if let Some(slot) = self.slots.get_mut(block * BLOCK + bit) {
                    slot.at = from as u32 + count;
                    count += slot.kept;
                    ends.push(count);
                }
            });
        }
        let Some(first) = self.kept.first() else { return groups };
        hits.resize(from + self.kept.len(), *first);
        for hit in &self.kept {
            let Some(slot) = self.slots.get_mut(usize::from(hit.group.0)) else { continue };
            if let Some(place) = hits.get_mut(slot.at as usize) {
                *place = *hit;
            }
            slot.at += 1;
            slot.kept -= 1;
            if slot.kept == 0 {
                *slot = Slot::default();
            }
        }
        self.kept.clear();
        groups
    }

    /// For each group with look-alikes: drops what one of them covers, and keeps of the others as `keep` does.
    fn choose(&mut self) {
        let found = std::mem::take(&mut self.found);
        let mut found = { found };
        let alike = std::mem::take(&mut self.alike);
        for found in found.iter().filter(|found| !alike.has(found.hit.group)) {
            self.keep(found.hit);
        }
        let mut groups = Present::default();
        for at in (0..found.len()).rev() {
            let Some(found) = found.get_mut(at).filter(|found| alike.has(found.hit.group)) else { continue };
            let Some(slot) = self.slots.get_mut(usize::from(found.hit.group.0)) else { continue };
            found.next = std::mem::replace(&mut slot.first, at as u32 + 1);
            groups.add(found.hit.group);
        }
        groups.each(|group| {
            let first = self.slots.get_mut(usize::from(group.0)).map_or(0, |slot| std::mem::take(&mut slot.first));
            let all = || {
                let at = |next: u32| found.get((next as usize).wrapping_sub(1));
                std::iter::successors(at(first), move |found| at(found.next))
            };
            // Look-alikes as (start, end), both ascending: of those with one start the longest comes first and covers the
            // others; a contained one adds nothing.
            self.likes.clear();
            for found in all().filter(|found| found.look_alike) {
                if self.likes.last().is_none_or(|&(_, end)| end < found.hit.end()) {
                    self.likes.push((found.hit.start(), found.hit.end()));
                }
            }
            for Found { hit, .. } in all().filter(|found| !found.look_alike) {
                // Ends ascend as starts do: the first that ends at or after the hit is the only one that can cover its end
                // from the left.
                let like = || self.likes.get(self.likes.partition_point(|&(_, end)| end < hit.end()));
                if self.likes.is_empty() || like().is_none_or(|l| l.0 >= hit.end()) {
                    self.keep(*hit);
                }
            }
        });
        found.clear();
        self.found = found;
    }
}

impl FromIterator<Group> for Present {
    fn from_iter<I: IntoIterator<Item = Group>>(groups: I) -> Self {
        let mut present = Self::default();
        for group in groups {
            present.add(group);
        }
        present
    }
}

/// Groups to a block of [`Present`].
const BLOCK: usize = 64;
const BLOCKS: usize = COUNT.div_ceil(BLOCK);

/// Which groups are hit. The hits of a text are in the order of groups.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    present: Present,
    /// For each block, how many groups of the ones before it are hit.
    before: [u16; BLOCKS],
}

impl Groups {
    /// Whether a group is hit.
    #[inline]
    pub fn has(&self, group: Group) -> bool {
        self.present.has(group)
    }

    /// The hits of a group that is hit among those of the text, where `ends` tells where those of each group end.
    pub fn of<'h>(&self, hits: &'h [Hit], ends: &[u32], group: Group) -> &'h [Hit] {
        let block = usize::from(group.0) / BLOCK;
        let bits = self.present.0.get(block).map_or(0, |bits| bits & ((1 << (usize::from(group.0) % BLOCK)) - 1));
        let number = self.before.get(block).map_or(0, |before| usize::from(*before)) + bits.count_ones() as usize;
        let end = |number: usize| ends.get(number).map_or(0, |end| *end as usize);
        hits.get(number.checked_sub(1).map_or(0, end)..end(number)).unwrap_or_default()
    }
}

/// A bit for each group.
#[derive(Clone, Copy, Debug, Default)]
pub struct Present([u64; BLOCKS]);

impl Present {
    /// All groups but some.
    #[cfg(debug_assertions)]
    pub fn all_but(groups: &[Group]) -> Self {
        let mut present = Self([u64::MAX; BLOCKS]);
        for group in groups {
            if let Some(bits) = present.0.get_mut(usize::from(group.0 / 64)) {
                *bits &= !(1 << (group.0 % 64));
            }
        }
        present
    }

    #[inline]
    fn add(&mut self, group: Group) {
        if let Some(bits) = self.0.get_mut(usize::from(group.0 / 64)) {
            *bits |= 1 << (group.0 % 64);
        }
    }

    /// Whether a group is among them.
    #[inline]
    pub fn has(&self, group: Group) -> bool {
        self.0.get(usize::from(group.0 / 64)).is_some_and(|bits| bits >> (group.0 % 64) & 1 > 0)
    }

    /// Calls `take` with each group, by number.
    fn each(&self, mut take: impl FnMut(Group)) {
        for (block, bits) in self.0.iter().enumerate() {
            each(*bits, |bit| take(Group((block * BLOCK + bit) as u16)));
        }
    }
}

/// Calls `take` with each bit that is set.
#[inline]
fn each(mut bits: u64, mut take: impl FnMut(usize)) {
    while bits > 0 {
        take(bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}

/// What may run on into a neighbouring character of its own kind: Latin letters (1) and digits (2).
fn class(c: char) -> u8 {
    match fold(c) {
        'a'..='z' => 1,
        '0'..='9' => 2,
        _ => 0,
    }
}

/// Whether a Latin word or a number goes on from one character to the next. A capital after a small letter starts a word: `SDK`
/// stands alone in `PushSDK`.
fn runs_on(before: char, after: char) -> bool {
    class(before) > 0 && class(before) == class(after) && (before.is_ascii_uppercase() || !after.is_ascii_uppercase())
}

/// Whether a stretch of a sentence ends with a character, which is folded.
fn is_break(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '!' | '?' | '|' | '\n' | '\t' | '\u{3002}')
}
