//! Lists with a slip of the pen → the build fails and says where: build.rs calls what is called here.

use std::fs;
use std::path::Path;

#[path = "../build/lists.rs"]
#[allow(dead_code, reason = "the tables are for the program")]
mod lists;
#[path = "../src/lexicon/narrow.rs"]
mod narrow;

/// What is wrong with our lists if a text in one of them is replaced, once.
fn wrong(file: &str, from: &str, to: &str) -> String {
    let read = |name: &str| fs::read_to_string(name).expect(name);
    let mut files: Vec<(String, String)> =
        lists::FILES.iter().map(|name| (format!("data/zh/{name}"), read(&format!("data/zh/{name}")))).collect();
    let text = files.iter_mut().find(|(name, _)| name.ends_with(file)).map(|f| &mut f.1).expect(file);
    assert!(from.is_empty() || text.contains(from), "{file} has no {from}");
    *text = if from.is_empty() { text.clone() + to } else { text.replacen(from, to, 1) };
    let mut sources = String::new();
    sources_of(Path::new("src"), &mut sources);
    let groups = match lists::read(&files, narrow::narrow) {
        Ok(groups) => groups,
        Err(wrong) => return wrong,
    };
    lists::check(&groups, &sources, &read("data/ui/zh-Hans.txt")).err().unwrap_or_default()
}

fn sources_of(folder: &Path, sources: &mut String) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            sources_of(&path, sources);
        } else {
            *sources += &fs::read_to_string(&path).unwrap();
        }
    }
}

#[test]
fn our_lists_are_right() {
    assert_eq!(wrong("facts.txt", "", ""), "");
}

#[test]
fn a_slip_fails_with_its_file_and_line() {
    let cases = [
        // (file, text, what is written instead, the line that is named, what is said)
        ("facts.txt", "[age.below]", "[age.belov]", "", "nobody asks for the group [age.belov]"),
        ("items.txt", "[item.email]", "[item.emial]", "", "nobody asks for the group [item.emial]"),
        ("attention.txt", "\nset negation kept", "\nset negaton kept", "", "nobody asks for the key `negaton`"),
        ("attention.txt", "\nset negation kept", "\nset negation keep", "", "`keep` is no value of the key `negation`"),
        ("attention.txt", "\n.local ", "\n.locals ", "", "is no value of the key `when`"),
        ("attention.txt", "set when refuse/50", "set when refuze/50", "", "is no value of the key `when`"),
        ("attention.txt", "set when refuse/50", "set when refuse/far", "", "is no value of the key `when`"),
        ("attention.txt", "\nset told collect", "\nset told deny", "", "is no value of the key `told`"),
        ("attention.txt", "said .devices .devices", "said .devices .device", "", "is no value of the key `said`"),
        ("attention.txt", "said .devices .devices", "said .device .devices", "", "no label says `.device`"),
        (
            "attention.txt",
            "[attention.backups]",
            "[attention.backup]",
            "",
            "nobody asks for the group [attention.backup]",
        ),
        ("attention.txt", "[word.go-on]", ".first \u{4e00}\n.first \u{4e00}\n[word.go-on]", "", "opened twice"),
        ("sensitive.txt", "\nset needs ", "\nset needs no.", "", "is no value of the key `needs`"),
        ("sensitive.txt", "[sensitive.biometric", "[sensitive.biometrics", "", "nobody asks for the group"),
        ("tables.txt", "\nset holds ", "\nset hold ", "", "nobody asks for the key `hold`"),
        ("plain.txt", "\nset negation ", "\nset negations ", "", "nobody asks for the key `negations`"),
        ("plain.txt", "\nset short ", "\nset short x ", "", "is no value of the key `short`"),
        ("facts.txt", "", "\n[reply]\n", "", "a group is opened twice: [reply]"),
        ("script.txt", "[script]", "first\n[script]", "+0", "a line before a group: first"),
        ("script.txt", "[script]", "[script]\nb a", "+1", "a is not sorted: b a"),
        ("script.txt", "[script]", "[script]\na\nnot \u{ff21}", "+2", "\u{ff21} stands twice in the group"),
        ("script.txt", "[script]", "[script]\na  b", "+1", "stray white space"),
        ("script.txt", "[script]", "[script]\nsay", "+1", "nothing is said"),
    ];
    for (file, from, to, line, said) in cases {
        let wrong = wrong(file, from, to);
        assert!(wrong.starts_with(&format!("data/zh/{file}:")), "{to}: {wrong}");
        // Lines are counted from that of the text.
        if let Some(more) = line.strip_prefix('+') {
            let list = fs::read_to_string(format!("data/zh/{file}")).unwrap();
            let at = list.lines().position(|l| l == from).unwrap() + 1 + more.parse::<usize>().unwrap();
            assert!(wrong.starts_with(&format!("data/zh/{file}:{at}: ")), "{to}: {wrong}");
        }
        assert!(wrong.contains(said), "{to}: {wrong}");
    }
}

#[test]
fn a_model_has_a_weight_and_cues_a_line() {
    let name = "data/zh/plain.model";
    assert_eq!(lists::weights(name, &fs::read_to_string(name).unwrap()), Ok(()));
    for (line, right) in
        [("-3 ^a *b", true), ("3", false), ("0 ^a", false), ("3 a", false), ("3 ^", false), ("1 *a\n2 *a", false)]
    {
        assert_eq!(lists::weights("m", line).is_ok(), right, "{line}");
    }
}
