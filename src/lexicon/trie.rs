//! Packed words → a tree of their characters → where they stand in a text.
//!
//! The words come in order, each behind how many characters it shares with the one before (build/lists.rs): a node's
//! children come in the order of their characters, and are laid out side by side. A node is found by its character among
//! its parent's children; those of the root by a table.

use super::{Group, Hit, NAMES, fold};

/// Words as build.rs packs them.
pub struct Packed {
    /// Each word behind control characters that say how much of the one before is kept.
    pub words: &'static str,
    /// For each word the groups in which it stands: number * 4 + 2 for a look-alike + 1 for the word's last.
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
        self.outs.split_inclusive(|out| out & 1 > 0).map(|outs| outs.iter().map(|out| (Group(out / 4), out & 2 > 0)))
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
    /// The groups that have look-alikes.
    doubtful: Present,
}

const NONE: u16 = u16::MAX;

/// Bytes that a term may take in a text; white space in it counts.
const LONGEST: usize = u16::MAX as usize;

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

/// Room that one text after another is scanned in.
#[derive(Default)]
pub struct Room {
    /// The words that start at a place: ends and groups.
    words: Vec<(u32, u16, u16)>,
    /// Those of groups with look-alikes, by start, the longest first.
    found: Vec<Found>,
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
        packed.each(|c, keep, new| {
            if new {
                ends.extend(path.last());
                path.truncate(keep);
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
        Self::placed(nodes, &parents, packed.outs)
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
        let mut doubtful = Present::default();
        for out in outs.iter().filter(|out| *out & 2 > 0) {
            doubtful.add(Group(out / 4));
        }
        Self { nodes: placed, roots, outs, doubtful }
    }

    /// The child of a node with that character.
    #[inline]
    fn child(&self, node: &Node, c: char) -> Option<&Node> {
        let c = u16::try_from(c as u32).ok()?;
        let from = usize::from(node.first);
        let mut children = self.nodes.get(from..from + usize::from(node.children))?;
        // Some have a hundred.
        while children.len() > 6 {
            let (low, high) = children.split_at(children.len() / 2);
            children = if high.first().is_some_and(|n| n.label <= c) { high } else { low };
        }
        children.iter().find(|n| n.label == c)
    }

    /// Adds the hits of a text, see `lexicon::scan`, or those of some groups alone; which groups they are of.
    pub fn scan(&self, text: &str, only: Option<&Present>, room: &mut Room, hits: &mut Vec<Hit>) -> Present {
        room.slots.resize(NAMES.len(), Slot::default());
        let mut words = std::mem::take(&mut room.words);
        let mut chars = text.char_indices();
        while let Some((start, c)) = chars.next() {
            let root = self.roots.get(fold(c) as usize).and_then(|root| self.nodes.get(usize::from(*root)));
            let Some(mut node) = root else { continue };
            let mut end = start + c.len_utf8();
            let mut rest = chars.clone();
            loop {
                if node.outs > 0 {
                    words.push((end as u32, node.out, node.outs));
                }
                if node.children == 0 {
                    break;
                }
                let Some((at, c)) = rest.next() else { break };
                let folded = fold(c);
                if let Some(child) = self.child(node, folded) {
                    node = child;
                    end = at + c.len_utf8();
                } else if !c.is_whitespace() || at - start > LONGEST {
                    break;
                }
            }
            if words.is_empty() || !parted(text, start) {
                words.clear();
                continue;
            }
            // Longest first.
            while let Some((end, out, outs)) = words.pop() {
                if parted(text, end as usize)
                    && let Ok(length) = u16::try_from(end as usize - start)
                {
                    let (start, out) = (start as u32, usize::from(out));
                    for out in self.outs.get(out..out + usize::from(outs)).unwrap_or_default() {
                        let hit = Hit { start, length, group: Group(out / 4) };
                        if only.is_some_and(|only| !only.has(hit.group)) {
                            continue;
                        }
                        if self.doubtful.has(hit.group) {
                            room.found.push(Found { hit, look_alike: out & 2 > 0, next: 0 });
                        } else {
                            room.keep(hit);
                        }
                    }
                }
            }
        }
        room.words = words;
        room.choose();
        room.sorted(hits)
    }
}

impl Room {
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
    fn sorted(&mut self, hits: &mut Vec<Hit>) -> Present {
        let (present, from) = (self.present, hits.len());
        let mut at = from as u32;
        while let Some(group) = self.present.take_first() {
            if let Some(slot) = self.slots.get_mut(usize::from(group.0)) {
                slot.at = at;
                at += slot.kept;
            }
        }
        let Some(first) = self.kept.first() else { return present };
        hits.resize(from + self.kept.len(), *first);
        for hit in self.kept.drain(..) {
            let Some(slot) = self.slots.get_mut(usize::from(hit.group.0)) else { continue };
            if let Some(place) = hits.get_mut(slot.at as usize) {
                *place = hit;
            }
            slot.at += 1;
            slot.kept -= 1;
            if slot.kept == 0 {
                *slot = Slot::default();
            }
        }
        present
    }

    /// For each group with look-alikes: drops what one of them covers, and keeps of the others as `keep` does.
    fn choose(&mut self) {
        let mut groups = Present::default();
        for at in (0..self.found.len()).rev() {
            let Some(found) = self.found.get_mut(at) else { continue };
            let Some(slot) = self.slots.get_mut(usize::from(found.hit.group.0)) else { continue };
            found.next = std::mem::replace(&mut slot.first, at as u32 + 1);
            groups.add(found.hit.group);
        }
        let found = std::mem::take(&mut self.found);
        while let Some(group) = groups.take_first() {
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
        }
        self.found = found;
        self.found.clear();
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

/// A bit for each group.
#[derive(Clone, Copy, Debug, Default)]
pub struct Present([u64; NAMES.len().div_ceil(64)]);

impl Present {
    /// All groups but some.
    pub fn all_but(groups: &[Group]) -> Self {
        let mut present = Self([u64::MAX; NAMES.len().div_ceil(64)]);
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

    /// Takes the first group out.
    fn take_first(&mut self) -> Option<Group> {
        let (at, bits) = self.0.iter_mut().enumerate().find(|(_, bits)| **bits > 0)?;
        let bit = bits.trailing_zeros();
        *bits &= *bits - 1;
        Some(Group((at * 64) as u16 + bit as u16))
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

/// Whether no Latin word and no number goes on over that place. A capital after a small letter starts a word: `SDK` stands
/// alone in `PushSDK`.
#[inline]
fn parted(text: &str, at: usize) -> bool {
    // Lead bytes of ideographs; full width starts with 0xef.
    if text.as_bytes().get(at).is_none_or(|byte| matches!(byte, 0xe0..=0xee)) {
        return true;
    }
    is_edge(text, at)
}

#[inline(never)]
fn is_edge(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) =
        (text.get(..at).and_then(|t| t.chars().next_back()), text.get(at..).and_then(|t| t.chars().next()))
    else {
        return true;
    };
    class(before) == 0 || class(before) != class(after) || !before.is_ascii_uppercase() && after.is_ascii_uppercase()
}
