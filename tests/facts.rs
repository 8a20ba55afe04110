//! Sentences of our own (data/zh/facts.examples.txt) → what is read of them, and what must not be.

use policy_reader::view::View;
use policy_reader::{Options, analyze};

const EXAMPLES: &str = include_str!("../data/zh/facts.examples.txt");

/// What the view says of a fact, as the examples write it.
fn said(view: &View, fact: &str) -> Option<String> {
    let json = serde_json::to_value(view).expect("a view is JSON");
    let facts = &json["facts"];
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let found = match fact {
        "updated" | "published" | "effective" => &facts["dates"][fact]["value"],
        "response_time" => {
            let time = facts[fact].as_object()?;
            return Some(format!("{} {}", time["days"], text(&time["unit"])));
        }
        "address" | "phone" => {
            let contacts = facts["contacts"].as_array()?;
            return contacts.iter().find(|contact| contact["kind"] == fact).map(|contact| text(&contact["value"]));
        }
        "affiliates" | "third_parties" | "permissions" | "data_items" => {
            let name = if fact == "data_items" { "item" } else { "name" };
            let names: Vec<String> = facts[fact].as_array()?.iter().map(|entry| text(&entry[name])).collect();
            return (!names.is_empty()).then(|| names.join("、"));
        }
        _ => &facts[fact]["value"],
    };
    (!found.is_null()).then(|| text(found))
}

#[test]
fn facts_are_read_where_they_are_told_and_nowhere_else() {
    let mut fact = "";
    let mut seen = Vec::new();
    for line in EXAMPLES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            fact = name;
            continue;
        }
        let (want, text) = line.split_once(" ← ").expect("a value, an arrow and a text");
        let source = format!("隐私政策\n\n{}\n", text.replace(" ¶ ", "\n\n"));
        let view = analyze(&source, &Options::default()).view();
        assert_eq!(said(&view, fact).as_deref().unwrap_or("-"), want, "{fact} of {text}");
        seen.push((fact, want == "-"));
    }
    for (fact, _) in &seen {
        assert!(seen.contains(&(fact, true)) && seen.contains(&(fact, false)), "[{fact}] has no examples of one kind");
    }
}
