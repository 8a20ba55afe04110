//! Word lists of `data/` → groups, and the tables that the program carries. Shared by build.rs and the tests.
//!
//! ```text
//! file  = line*
//! line  = "#" comment | "[" name "]" | "not" (SP term)+ | "say" SP text | "set" SP key (SP value)* | term (SP term)*
//! ```
//! What the lines mean: data/README.md.

use std::collections::BTreeMap;

/// What stands between one `[group]` and the next.
#[derive(Default)]
pub struct Group {
    pub name: String,
    pub terms: Vec<String>,
    pub look_alikes: Vec<String>,
    /// `say` and `set` lines, as key and value; the key of the former is `say`.
    pub settings: Vec<(String, String)>,
}

/// Reads lists. The order of groups is kept: it may be one of weight.
pub fn groups(lists: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for line in lists.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            groups.push(Group { name: name.into(), ..Group::default() });
            continue;
        }
        let Some(group) = groups.last_mut() else { continue };
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "not" => group.look_alikes.extend(rest.split(' ').map(String::from)),
            "say" => group.settings.push((word.into(), rest.into())),
            "set" => {
                let (key, value) = rest.split_once(' ').unwrap_or((rest, ""));
                group.settings.push((key.into(), value.into()));
            }
            _ => group.terms.extend(line.split(' ').map(String::from)),
        }
    }
    groups
}

/// The lists as the program carries them; `lexicon` says how they are read.
pub struct Tables {
    /// By number.
    pub names: Vec<String>,
    /// The numbers by name.
    pub sorted: Vec<u16>,
    /// The `say` and `set` lines of all groups, by group.
    pub settings: String,
    /// Where those of each group start, and those of the last one end.
    pub starts: Vec<u32>,
    /// The folded terms in order. Of each there is what differs from the one before, behind how many characters do not: a
    /// control character is one less than it says, U+001F thirty more.
    pub words: String,
    /// For each word the groups in which it stands: number * 4 + 2 for a look-alike + 1 for the word's last.
    pub outs: Vec<u16>,
    /// Terms that are not written as they are compared: group number, tab, term.
    pub written: String,
}

/// Makes the tables of groups, which are numbered as they come. `fold` is the program's.
pub fn tables(groups: &[Group], fold: fn(char) -> char) -> Tables {
    let mut tables = Tables {
        names: groups.iter().map(|g| g.name.clone()).collect(),
        sorted: (0..groups.len() as u16).collect(),
        settings: String::new(),
        starts: vec![0],
        words: String::new(),
        outs: Vec::new(),
        written: String::new(),
    };
    tables.sorted.sort_by_key(|number| &groups[usize::from(*number)].name);
    let mut words: BTreeMap<String, Vec<u16>> = BTreeMap::new();
    for (number, group) in (0u16..).zip(groups) {
        for (key, value) in &group.settings {
            tables.settings += &format!("{key} {value}\n");
        }
        tables.starts.push(tables.settings.len() as u32);
        for (terms, like) in [(&group.terms, 0), (&group.look_alikes, 2)] {
            for term in terms {
                let folded: String = term.chars().map(fold).collect();
                if folded != *term && like == 0 {
                    tables.written += &format!("{number}\t{term}\n");
                }
                words.entry(folded).or_default().push(number * 4 + like);
            }
        }
    }
    let mut before: Vec<char> = Vec::new();
    for (word, mut outs) in words {
        let word: Vec<char> = word.chars().collect();
        let mut keep = before.iter().zip(&word).take_while(|(a, b)| a == b).count();
        let new = &word[keep..];
        while keep >= 30 {
            tables.words.push('\u{1f}');
            keep -= 30;
        }
        tables.words.push(char::from(keep as u8 + 1));
        tables.words.extend(new);
        before = word;
        outs.sort_unstable();
        if let Some(last) = outs.last_mut() {
            *last |= 1;
        }
        tables.outs.extend(outs);
    }
    // What the program counts in narrow numbers.
    assert!(
        tables.words.chars().count() < 65_000 && tables.outs.len() < 65_000 && groups.len() < 16_000,
        "too many words"
    );
    tables
}
