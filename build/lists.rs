//! Word lists of `data/` → groups, and the tables that the program carries. Shared by build.rs and the tests.
//!
//! ```text
//! file  = line*
//! line  = "#" comment | ("+" | "-") SP example | "[" name "]" | "." part SP term (SP term)* | "not" (SP term)+ | "say" SP text | "set" SP key (SP value)* | term (SP term)*
//! ```
//! What the lines mean: data/README.md.

use std::collections::{BTreeMap, BTreeSet};

/// The lists, in the order in which their groups are numbered; where the order of groups means something (attention.txt:
/// weight), it is that within a file.
pub const FILES: [&str; 14] = [
    "attention.txt",
    "card.txt",
    "checklist.txt",
    "context.txt",
    "facts.txt",
    "items.txt",
    "outline.txt",
    "plain.txt",
    "practices.txt",
    "script.txt",
    "sensitive.txt",
    "spacing.txt",
    "tables.txt",
    "unread.txt",
];

/// What a setting's value is.
enum Is {
    Words,
    /// Two words.
    Pair,
    /// One of these, or several where the flag is set.
    Of(&'static [&'static str], bool),
    /// A group of the lists.
    Group,
    /// One, and within how many characters.
    Near,
    /// Parts of a rule's sentence: `self`, a group `word.NAME` by its name, a part of the rule behind a full stop.
    Frame,
    /// The rest of a label's key, and the part that has it said.
    Said,
}

const CATEGORIES: &[&str] = &[
    "biometric",
    "browsing",
    "communications",
    "credentials",
    "financial-account",
    "location-tracking",
    "medical-health",
    "minors",
    "other",
    "religion",
    "specific-identity",
];

/// The keys that the readers of groups ask for. A name that ends in a full stop stands for all groups that start so.
const KEYS: &[(&str, &[(&str, Is)])] = &[
    (
        "attention.",
        &[
            ("act", Is::Of(&["collect", "entrust", "publish", "send-abroad", "share", "transfer"], true)),
            ("aside", Is::Of(&["no"], false)),
            ("company", Is::Of(&["none"], false)),
            ("contacts", Is::Of(&["none"], false)),
            ("context", Is::Of(CATEGORIES, false)),
            ("control", Is::Of(&["kept"], false)),
            ("given", Is::Of(&["yes"], false)),
            ("good", Is::Of(&["yes"], false)),
            ("lead", Is::Of(&["yes"], false)),
            ("negation", Is::Of(&["kept"], false)),
            ("period", Is::Of(&["stated"], false)),
            ("reader", Is::Of(&["no"], false)),
            ("row", Is::Of(&["no"], false)),
            ("said", Is::Said),
            ("table", Is::Of(&["no"], false)),
            ("to", Is::Words),
            ("told", Is::Of(&["collect", "share", "use"], true)),
            ("when", Is::Frame),
        ],
    ),
    ("bold", &[("after", Is::Words), ("before", Is::Words), ("defines", Is::Words), ("is", Is::Words)]),
    ("check.", &[("law", Is::Words), ("next", Is::Of(&["no"], false)), ("terms", Is::Of(&["kept"], false))]),
    (
        "card.items",
        &[
            ("glossed", Is::Words),
            ("latin", Is::Words),
            ("order", Is::Words),
            ("single", Is::Words),
            ("titled", Is::Words),
        ],
    ),
    ("card.permissions", &[("order", Is::Words)]),
    ("card.rules", &[("other", Is::Words)]),
    ("card.recipients", &[("order", Is::Words), ("roles", Is::Words)]),
    ("company.before", &[("defines", Is::Words), ("joins", Is::Words), ("reader", Is::Words), ("theirs", Is::Words)]),
    ("company.operate", &[("agent", Is::Words)]),
    ("contact.address", &[("is", Is::Words)]),
    ("company.generic", &[("names", Is::Words), ("towns", Is::Words)]),
    ("contact.phone", &[("extension", Is::Words), ("licence", Is::Words), ("not", Is::Words)]),
    ("date.month", &[("names", Is::Words)]),
    ("edge.word", &[("suffix", Is::Words)]),
    ("date.particle", &[("figures", Is::Words), ("units", Is::Words)]),
    ("date.particle.behind", &[("and", Is::Words)]),
    ("grant.object", &[("fronted", Is::Words)]),
    ("grant.right", &[("of", Is::Words)]),
    ("grant.reader", &[("governs", Is::Words)]),
    ("link", &[("endings", Is::Words), ("openers", Is::Words)]),
    ("open", &[("conditions", Is::Words), ("ends", Is::Words), ("runs", Is::Words)]),
    ("exception.mention", &[("except", Is::Words)]),
    ("exception.without", &[("agree", Is::Words)]),
    ("period.day", &[("follows", Is::Words)]),
    ("period.year", &[("two", Is::Words)]),
    ("plain", PLAIN),
    ("practice.chapter.terms", &[("points", Is::Words)]),
    ("place.at", &[("to", Is::Words)]),
    ("product.after", &[("of", Is::Words)]),
    ("reply", &[("within", Is::Words)]),
    ("retain.closing", &[("after", Is::Words)]),
    ("retain.least", &[("more", Is::Words)]),
    ("retain.longer", &[("permits", Is::Words)]),
    ("retain.remove", &[("after", Is::Words), ("full", Is::Words)]),
    ("retain.vague", &[("account", Is::Words)]),
    ("script", &[("pairs", Is::Words), ("simplified", Is::Words), ("traditional", Is::Words), ("words", Is::Words)]),
    (
        "sensitive.",
        &[
            ("joins", Is::Near),
            ("needs", Is::Group),
            ("standards", Is::Of(&["gbt-35273", "gbt-45574", "pipl-28"], true)),
            ("unless", Is::Group),
            ("with", Is::Group),
        ],
    ),
    (
        "table.column.",
        &[
            ("begins", Is::Words),
            ("endings", Is::Words),
            ("ends", Is::Words),
            ("holds", Is::Words),
            ("joints", Is::Words),
            ("starts", Is::Words),
            ("tails", Is::Words),
            ("values", Is::Words),
            ("words", Is::Words),
        ],
    ),
    ("way.refer", &[("chapter", Is::Words)]),
    ("way.or", &[("or", Is::Words)]),
    ("way.spot", &[("at", Is::Words), ("in", Is::Words)]),
];

const PLAIN: &[(&str, Is)] = &[
    ("above", Is::Words),
    ("address", Is::Words),
    ("affirmation", Is::Words),
    ("amount", Is::Words),
    ("and", Is::Words),
    ("common", Is::Words),
    ("condition", Is::Words),
    ("end", Is::Words),
    ("example", Is::Words),
    ("further", Is::Words),
    ("guarantee", Is::Words),
    ("hedge", Is::Words),
    ("joint", Is::Words),
    ("list", Is::Words),
    ("modal", Is::Words),
    ("name", Is::Words),
    ("negation", Is::Words),
    ("occasion", Is::Words),
    ("opening", Is::Words),
    ("or", Is::Words),
    ("purpose", Is::Words),
    ("reader", Is::Words),
    ("reference", Is::Words),
    ("restriction", Is::Words),
    ("says", Is::Words),
    ("short", Is::Pair),
    ("subjectless", Is::Words),
    ("unconditional", Is::Words),
    ("way", Is::Words),
    ("way-to", Is::Words),
    ("wish", Is::Words),
];

/// Parts of an item of the checklist.
const CHECKED: [&str; 8] = ["about", "about-with", "or", "or-with", "title", "touch", "unless", "with"];

/// What stands between one `[group]` and the next.
#[derive(Default)]
pub struct Group {
    pub name: String,
    pub terms: Vec<String>,
    pub look_alikes: Vec<String>,
    /// `say` and `set` lines, as key and value; the key of the former is `say`.
    pub settings: Vec<(String, String)>,
    /// A part of the rule before it.
    part: bool,
    /// `file:line` of its name, and of each of its settings.
    at: String,
    set_at: Vec<String>,
}

/// Reads lists, each with its name, as they come; the first thing that is wrong, with its file and line.
pub fn read(files: &[(String, String)], fold: fn(char) -> char) -> Result<Vec<Group>, String> {
    let mut groups: Vec<Group> = Vec::new();
    let mut names = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for (file, text) in files {
        let mut open = false;
        for (number, line) in (1..).zip(text.lines()) {
            // Examples are for tests.
            if line.is_empty() || line.starts_with(['#', '+']) || line.starts_with("- ") {
                continue;
            }
            let at = format!("{file}:{number}");
            let wrong = |what: &str| Err(format!("{at}: {what}: {line}"));
            if line != line.trim() || line.contains("  ") || line.contains('\t') {
                return wrong("stray white space");
            }
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                if !names.insert(name.to_owned()) {
                    return wrong("a group is opened twice");
                }
                groups.push(Group { name: name.into(), at, ..Group::default() });
                seen.clear();
                open = true;
                continue;
            }
            if !open {
                return wrong("a line before a group");
            }
            let (mut word, mut rest) = line.split_once(' ').unwrap_or((line, ""));
            let mut line = line;
            // A part of the rule that is open: its name, then its terms.
            let part = word.strip_prefix('.').filter(|part| part.starts_with(|c: char| c.is_ascii_lowercase()));
            if let Some(part) = part {
                let rule = groups.iter().rev().find(|g| !g.part).map_or("", |g| g.name.as_str());
                let name = format!("{rule}.{part}");
                if !names.insert(name.clone()) {
                    return wrong("a group is opened twice");
                }
                groups.push(Group { name, at: at.clone(), part: true, ..Group::default() });
                seen.clear();
                line = rest;
                (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            }
            let Some(group) = groups.last_mut() else { return wrong("a line before a group") };
            if word == "say" || word == "set" {
                let (key, value) =
                    if word == "say" { (word, rest) } else { rest.split_once(' ').unwrap_or((rest, "")) };
                if value.is_empty() {
                    return wrong("nothing is said");
                }
                group.settings.push((key.into(), value.into()));
                group.set_at.push(at);
                continue;
            }
            let (terms, rest) = if word == "not" { (&mut group.look_alikes, rest) } else { (&mut group.terms, line) };
            for term in rest.split(' ') {
                if terms.last().is_some_and(|last| last.as_str() > term) {
                    return wrong(&format!("{term} is not sorted"));
                }
                if !seen.insert(term.chars().map(fold).collect::<String>()) {
                    return wrong(&format!("{term} stands twice in the group"));
                }
                terms.push(term.into());
            }
        }
    }
    Ok(groups)
}

/// Whether all groups, keys and settings are known to somebody: `sources` is the text of src/, `labels` that of
/// data/ui/zh-Hans.txt. The first that is not, with its file and line.
pub fn check(groups: &[Group], sources: &str, labels: &str) -> Result<(), String> {
    let named: BTreeSet<&str> = sources.split('"').collect();
    let labelled: BTreeSet<&str> = labels.lines().filter_map(|l| l.split_once(' ')).map(|l| l.0).collect();
    let names: BTreeSet<&str> = groups.iter().map(|g| g.name.as_str()).collect();
    let mut referred: BTreeSet<String> = BTreeSet::new();
    for group in groups {
        for ((key, value), at) in group.settings.iter().zip(&group.set_at) {
            setting(group, key, value, &names).map_err(|wrong| format!("{at}: [{}] {wrong}", group.name))?;
            referred.extend(value.split(' ').filter(|v| names.contains(v)).map(str::to_owned));
            if key == "when" {
                referred.extend(value.split(' ').map(|part| named_part(&group.name, part)));
            }
            if let ("said", Some((label, part))) = (key.as_str(), value.split_once(' ')) {
                referred.insert(named_part(&group.name, part));
                if !labelled.contains(format!("{}{label}", group.name).as_str()) {
                    return Err(format!("{at}: [{}] no label says `{label}`", group.name));
                }
            }
        }
    }
    for group in groups {
        let name = group.name.as_str();
        let (outer, last) = name.rsplit_once('.').unwrap_or(("", name));
        let known = named.contains(name)
            || referred.contains(name)
            || match name.split('.').next().unwrap_or("") {
                "attention" => {
                    // A rule; what makes better evidence; what a clause says more, in a sentence of its own.
                    let rule = |name: &str| labelled.contains(name.replace("attention.", "rule.").as_str());
                    rule(name) && labelled.contains(name)
                        || rule(outer) && (last == "first" || last == "never" || labelled.contains(name))
                }
                "check" => labelled.contains(name) || CHECKED.contains(&last) && labelled.contains(outer),
                "sensitive" => {
                    let category = name.split('.').nth(1).is_some_and(|c| CATEGORIES.contains(&c));
                    category && group.settings.iter().any(|s| s.0 == "standards")
                }
                "table" => outer == "table.column" && named.contains(last),
                family => named.contains(format!("{family}.").as_str()) && labelled.contains(name),
            };
        if !known {
            return Err(format!("{}: nobody asks for the group [{name}]", group.at));
        }
    }
    Ok(())
}

/// Whether each line of a model is a weight and its cues; the first that is not, with its file and line.
pub fn weights(file: &str, text: &str) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.starts_with('#')) {
        let (weight, cues) = line.split_once(' ').unwrap_or((line, ""));
        let mut cues = cues.split(' ');
        let cue = |cue: &str| cue.chars().nth(1).is_some() && cue.starts_with(['^', '$', '*', '>', '<', '=']);
        if !weight.parse::<i32>().is_ok_and(|weight| weight != 0) || !cues.all(|c| cue(c) && seen.insert(c)) {
            return Err(format!("{file}:{number}: no weight and its cues, or a cue twice: {line}"));
        }
    }
    Ok(())
}

/// The group that a part of a rule's sentence stands for.
fn named_part(rule: &str, part: &str) -> String {
    let part = part.trim_start_matches(['+', '-', '~']);
    match part.split_once('/').map_or(part, |(name, _)| name) {
        "self" => rule.to_owned(),
        own if own.starts_with('.') => format!("{rule}{own}"),
        name => format!("word.{name}"),
    }
}

/// What the value of a group's key is.
fn kind(group: &str, key: &str) -> Option<&'static Is> {
    let family = |name: &str| name == group || name.ends_with('.') && group.starts_with(name);
    let (_, keys) = KEYS.iter().find(|(name, _)| family(name))?;
    keys.iter().find(|(k, _)| *k == key).map(|(_, is)| is)
}

/// A setting's value with numbers for the names of groups.
fn numbered(group: &str, key: &str, value: &str, number: impl Fn(&str) -> usize) -> String {
    let part = |part: &str| {
        if part == "|" {
            return part.to_owned();
        }
        let sign =
            part.split_at_checked(1).map_or("", |(sign, _)| sign).trim_matches(|c| !matches!(c, '+' | '-' | '~'));
        let within = part.split_once('/').map_or(String::new(), |(_, within)| format!("/{within}"));
        format!("{sign}{}{within}", number(&named_part(group, part)))
    };
    match (kind(group, key), value.split_once(' ')) {
        (Some(Is::Group), _) => number(value).to_string(),
        (Some(Is::Near), Some((name, within))) => format!("{} {within}", number(name)),
        (Some(Is::Frame), _) => value.split(' ').map(part).collect::<Vec<_>>().join(" "),
        (Some(Is::Said), Some((label, said))) => format!("{label} {}", part(said)),
        _ => value.to_owned(),
    }
}

/// Whether a group may have that setting.
fn setting(group: &Group, key: &str, value: &str, names: &BTreeSet<&str>) -> Result<(), String> {
    if key == "say" {
        return Ok(());
    }
    let Some(is) = kind(&group.name, key) else {
        return Err(format!("nobody asks for the key `{key}`"));
    };
    let words: Vec<&str> = value.split(' ').collect();
    let fits = match (is, words.as_slice()) {
        (Is::Words, words) => words.iter().collect::<BTreeSet<_>>().len() == words.len(),
        (Is::Pair, words) => words.len() == 2,
        (Is::Of(allowed, several), words) => {
            words.iter().all(|word| allowed.contains(word)) && (*several || words.len() == 1)
        }
        (Is::Group, [name]) => names.contains(name),
        (Is::Frame, words) => words.iter().all(|part| {
            let within = part.split_once('/').is_none_or(|(_, n)| n.parse::<usize>().is_ok());
            *part == "|" || within && names.contains(named_part(&group.name, part).as_str())
        }),
        (Is::Near, [name, within]) => names.contains(name) && within.parse::<usize>().is_ok(),
        (Is::Said, [label, part]) => label.starts_with('.') && names.contains(named_part(&group.name, part).as_str()),
        _ => false,
    };
    if fits { Ok(()) } else { Err(format!("`{value}` is no value of the key `{key}`")) }
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
    /// For each word the groups in which it stands: number * 8 + 4 where the group has look-alikes + 2 for one of these + 1
    /// for the word's last.
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
    let place = |name: &str| groups.iter().position(|g| g.name == name).unwrap_or(usize::from(u16::MAX));
    for (number, group) in (0u16..).zip(groups) {
        for (key, value) in &group.settings {
            tables.settings.extend([key, " ", &numbered(&group.name, key, value, place), "\n"]);
        }
        tables.starts.push(tables.settings.len() as u32);
        let doubtful = if group.look_alikes.is_empty() { 0 } else { 4 };
        for (terms, like) in [(&group.terms, 0), (&group.look_alikes, 2)] {
            for term in terms {
                let folded: String = term.chars().map(fold).collect();
                if folded != *term && like == 0 {
                    tables.written.extend([number.to_string().as_str(), "\t", term, "\n"]);
                }
                words.entry(folded).or_default().push(number * 8 + doubtful + like);
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
        tables.words.chars().count() < 65_000 && tables.outs.len() < 65_000 && groups.len() < 8_000,
        "too many words"
    );
    tables
}
