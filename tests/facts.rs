//! Sentences of our own (data/zh/facts.examples.txt) → what is read of them, and what must not be.

use policy_reader::view::View;
use policy_reader::{Options, analyze};
use serde_json::Value;

const EXAMPLES: &str = include_str!("../data/zh/facts.examples.txt");

/// Kinds of contacts, each of which has examples of its own.
const CONTACTS: [&str; 7] = ["email", "phone", "fax", "address", "postcode", "web", "online-service"];

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What the view says of a fact, as the examples write it.
fn said(view: &View, fact: &str) -> Option<String> {
    let json = serde_json::from_str::<serde_json::Value>(&view.json()).expect("a view is JSON");
    let facts = &json["facts"];
    let listed = |list: &Value, told: &dyn Fn(&Value) -> Option<String>| {
        let names: Vec<String> = list.as_array()?.iter().filter_map(told).collect();
        (!names.is_empty()).then(|| names.join("、"))
    };
    let found = match fact {
        "updated" | "published" | "effective" => &facts["dates"][fact]["value"],
        "response_time" => {
            let time = facts[fact].as_object()?;
            return Some(format!("{} {}", time["days"], text(&time["unit"])));
        }
        "controller" => {
            let controller = facts[fact].as_object()?;
            let also = controller["also"].as_array()?.iter().map(|also| text(&also["value"]));
            let names: Vec<String> = std::iter::once(text(&controller["value"])).chain(also).collect();
            return Some(names.join("、"));
        }
        "affiliates" | "third_parties" | "permissions" => {
            return listed(&facts[fact], &|entry| Some(text(&entry["name"])));
        }
        "item_kinds" => return listed(&facts["data_items"], &|entry| Some(text(&entry["category"]))),
        "data_items" => return listed(&facts[fact], &|entry| Some(text(&entry["item"]))),
        "retention" => {
            return listed(&facts[fact], &|entry| (entry["statutory"] == false).then(|| text(&entry["period"])));
        }
        "statutory" => {
            return listed(&facts["retention"], &|entry| (entry["statutory"] == true).then(|| text(&entry["period"])));
        }
        "retention_value" => return listed(&facts["retention"], &|entry| Some(text(&entry["value"]))),
        "rights" => return listed(&facts[fact], &|entry| Some(text(&entry["right"]))),
        "ways" => {
            return listed(&facts["rights"], &|entry| {
                (!entry["way"].is_null()).then(|| format!("{} {}", text(&entry["right"]), text(&entry["way"])))
            });
        }
        "consent_exceptions" | "share_consent_exceptions" => &facts[fact]["count"],
        "cookies" => return facts[fact].as_object().map(|cookies| text(&cookies["can_refuse"])),
        "cross_border" => return Some(text(&facts[fact]["value"])).filter(|value| value != "unstated"),
        kind if CONTACTS.contains(&kind) => {
            let own = |entry: &Value| (entry["kind"] == kind).then(|| text(&entry["value"]));
            return listed(&facts["contacts"], &own);
        }
        _ => &facts[fact]["value"],
    };
    (!found.is_null()).then(|| text(found))
}

#[test]
fn facts_are_read_where_they_are_told_and_nowhere_else() {
    let mut fact = "";
    let mut seen = Vec::new();
    let mut wrong = Vec::new();
    for line in EXAMPLES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            fact = name;
            continue;
        }
        let (want, text) = line.split_once(" ← ").expect("a value, an arrow and a text");
        let titled = text.starts_with("# ");
        let text = text.replace(" ¶ ", "\n\n").replace("\\n", "\n");
        let source = if titled { format!("{text}\n") } else { format!("隐私政策\n\n{text}\n") };
        let view = analyze(&source, &Options::default()).view();
        let found = said(&view, fact);
        if found.as_deref().unwrap_or("-") != want {
            wrong.push(format!("[{fact}] {} instead of {want}: {text}", found.as_deref().unwrap_or("-")));
        }
        seen.push((fact, want == "-"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (fact, _) in &seen {
        assert!(seen.contains(&(fact, true)) && seen.contains(&(fact, false)), "[{fact}] has no examples of one kind");
    }
}
