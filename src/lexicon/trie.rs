//! Packed words → a tree of their characters → where they stand in a text.
//!
//! The words come in order, each behind how many characters it shares with the one before (build/lists.rs): a node's
//! children come in the order of their characters, and are laid out side by side. A node is found by its character among
//! its parent's children; those of the root by a table.

use super::{Group, Hit, fold};

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
                '\0'..'\u{1f}' => {
                    (keep, new) = (keep + c as usize - 1, true);
                    continue;
                }
                _ => {
                    take(c, keep, new);
                    (keep, new) = (0, false);
                }
            }
        }
    }

    /// The words, one a line.
    pub fn unpacked(&self) -> String {
        let mut words = String::new();
        let mut word = String::new();
        self.each(|c, keep, new| {
            if new && !word.is_empty() {
                words += &word;
                words += "\n";
                let end = word.char_indices().nth(keep).map_or(word.len(), |(end, _)| end);
                word.truncate(end);
            }
            word.push(c);
        });
        words + &word
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
}

const NONE: u16 = u16::MAX;

/// Bytes that a term may take in a text; white space in it counts.
const LONGEST: usize = u16::MAX as usize;

/// A word that stands in a text, before it is chosen.
#[derive(Clone, Copy)]
struct Found {
    hit: Hit,
    look_alike: bool,
}

impl Trie {
    /// Lays the words out, once through them for each step.
    pub fn new(packed: &Packed) -> Self {
        // By order of words: the characters, each with its parent, and the groups at the end of words.
        let mut nodes: Vec<Node> = vec![Node::default()];
        let mut parents: Vec<u16> = vec![0];
        let mut path: Vec<u16> = Vec::new();
        let mut ends: Vec<u16> = Vec::new();
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
        Self { nodes: placed, roots, outs }
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

    /// See `lexicon::scan`.
    pub fn scan(&self, text: &str) -> Vec<Hit> {
        let mut found = Vec::with_capacity(text.len() / 2);
        let mut words: Vec<(u32, u16, u16)> = Vec::new();
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
                        found.push(Found { hit, look_alike: out & 2 > 0 });
                    }
                }
            }
        }
        chosen(found)
    }
}

/// Per group: drops what a look-alike covers, then of overlapping hits keeps the leftmost, then longest.
fn chosen(mut found: Vec<Found>) -> Vec<Hit> {
    // They stand by start, the longest first: so they stay within their groups.
    found.sort_by_key(|f| f.hit.group.0);
    let mut hits = Vec::with_capacity(found.len());
    for group in found.chunk_by(|a, b| a.hit.group == b.hit.group) {
        let alike = group.iter().any(|f| f.look_alike);
        // Look-alikes as (start, end), both ascending: of those with one start the longest comes first and covers the
        // others; a contained one adds nothing.
        let mut likes: Vec<(usize, usize)> = Vec::new();
        for f in group.iter().filter(|f| alike && f.look_alike) {
            if likes.last().is_none_or(|&(_, end)| end < f.hit.end()) {
                likes.push((f.hit.start(), f.hit.end()));
            }
        }
        let mut free = 0;
        for Found { hit, .. } in group.iter().filter(|f| !f.look_alike) {
            if hit.start() < free {
                continue;
            }
            // Ends ascend as starts do: the first that ends at or after the hit is the only one that can cover its end
            // from the left.
            let next = if alike { likes.partition_point(|&(_, end)| end < hit.end()) } else { 0 };
            if likes.get(next).is_none_or(|&(start, _)| start >= hit.end()) {
                free = hit.end();
                hits.push(*hit);
            }
        }
    }
    hits
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
fn parted(text: &str, at: usize) -> bool {
    // Lead bytes of ideographs; full width starts with 0xef.
    if text.as_bytes().get(at).is_none_or(|byte| matches!(byte, 0xe0..=0xee)) {
        return true;
    }
    let (Some(before), Some(after)) =
        (text.get(..at).and_then(|t| t.chars().next_back()), text.get(at..).and_then(|t| t.chars().next()))
    else {
        return true;
    };
    class(before) == 0 || class(before) != class(after) || !before.is_ascii_uppercase() && after.is_ascii_uppercase()
}
