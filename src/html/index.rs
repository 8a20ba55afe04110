//! View → who stands where: sections by parent, clauses by section, and what a place is called.

use std::collections::{BTreeMap, BTreeSet};

use crate::lexicon::messages::Messages;
use crate::view::{ClauseView, SectionView, TableView, View};

/// Deeper sections are shown beside their parent: no reader needs more, and no source can make the page's tree deep.
const DEEPEST: usize = 8;

/// Longest label of a place, in characters.
const LONGEST_PLACE: usize = 12;

/// Which clauses a legend counts, steps through and switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sensitive,
    Bold,
    Attention,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Sensitive, Kind::Bold, Kind::Attention];

    /// As in class names, messages and the attribute `highlight`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Sensitive => "sensitive",
            Kind::Bold => "bold",
            Kind::Attention => "attention",
        }
    }
}

pub struct Index<'a> {
    pub view: &'a View,
    pub messages: &'a Messages,
    /// Indices of the outermost sections.
    pub roots: Vec<usize>,
    /// For each section, the indices of those in it.
    pub children: Vec<Vec<usize>>,
    /// For each section, the clauses before its first subsection.
    pub clauses: Vec<Vec<&'a ClauseView>>,
    /// Clauses that name no section of the outline.
    pub loose: Vec<&'a ClauseView>,
    /// Tables without a row, by section: no clause says where they stand.
    pub bare: BTreeMap<&'a str, Vec<&'a TableView>>,
    /// Rules by the clause that they rest on, from the points and the marks.
    rules: BTreeMap<&'a str, BTreeSet<&'a str>>,
    parents: Vec<Option<usize>>,
    by_clause: BTreeMap<&'a str, (&'a ClauseView, Option<usize>)>,
}

impl<'a> Index<'a> {
    pub fn new(view: &'a View, messages: &'a Messages) -> Self {
        let by_id: BTreeMap<&str, usize> = view.sections.iter().enumerate().map(|(i, s)| (s.id.as_str(), i)).collect();
        let mut depths: Vec<usize> = Vec::with_capacity(view.sections.len());
        let mut parents: Vec<Option<usize>> = Vec::with_capacity(view.sections.len());
        let mut children = vec![Vec::new(); view.sections.len()];
        let mut roots = Vec::new();
        for (i, section) in view.sections.iter().enumerate() {
            // A parent stands before its children; anything else is no parent.
            let mut parent = section.parent.as_deref().and_then(|p| by_id.get(p).copied()).filter(|p| *p < i);
            if let Some(p) = parent
                && depths.get(p).is_some_and(|d| *d >= DEEPEST)
            {
                parent = parents.get(p).copied().flatten();
            }
            depths.push(parent.and_then(|p| depths.get(p)).map_or(1, |d| d + 1));
            parents.push(parent);
            match parent.and_then(|p| children.get_mut(p)) {
                Some(siblings) => siblings.push(i),
                None => roots.push(i),
            }
        }
        // What speaks for the policy is on the card; in the text only the other points are marked.
        let good: BTreeSet<&str> = view.good.iter().map(|p| p.rule).collect();
        let mut clauses = vec![Vec::new(); view.sections.len()];
        let mut loose = Vec::new();
        let mut by_clause = BTreeMap::new();
        let mut rules: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for clause in &view.clauses {
            let section = by_id.get(clause.section.as_str()).copied();
            match section.and_then(|s| clauses.get_mut(s)) {
                Some(list) => list.push(clause),
                None => loose.push(clause),
            }
            by_clause.insert(clause.id.as_str(), (clause, section));
            let attention = clause.marks.iter().filter(|m| m.kind == "attention").filter_map(|m| m.rule);
            for rule in attention.filter(|r| !good.contains(r)) {
                rules.entry(clause.id.as_str()).or_default().insert(rule);
            }
        }
        for point in &view.attention {
            for id in &point.evidence {
                rules.entry(id).or_default().insert(point.rule);
            }
        }
        let mut bare: BTreeMap<&str, Vec<&TableView>> = BTreeMap::new();
        for table in view.tables.iter().filter(|t| t.rows.is_empty()) {
            bare.entry(&table.section).or_default().push(table);
        }
        Self { view, messages, roots, children, clauses, loose, bare, rules, parents, by_clause }
    }

    pub fn section(&self, index: usize) -> Option<&'a SectionView> {
        self.view.sections.get(index)
    }

    /// The title that a reader sees.
    pub fn title(&self, section: &'a SectionView) -> &'a str {
        if section.implicit && section.title.is_empty() {
            self.messages.text("section.introduction")
        } else {
            &section.title
        }
    }

    /// The policy's title, or what such a text is called.
    pub fn policy_title(&self) -> &'a str {
        let title = self.view.meta.title.as_str();
        if title.is_empty() { self.messages.text("policy.untitled") } else { title }
    }

    /// Titles of the attention rules that rest on a clause, or `None`.
    pub fn rules(&self, clause: &str) -> Option<String> {
        let rules = self.rules.get(clause)?;
        let titles: Vec<_> = rules.iter().map(|r| self.messages.title("rule", r)).collect();
        Some(self.messages.join("list.comma", &titles))
    }

    pub fn count(&self, kind: Kind) -> usize {
        self.view.clauses.iter().filter(|c| self.has(c, kind)).count()
    }

    pub fn has(&self, clause: &ClauseView, kind: Kind) -> bool {
        match kind {
            Kind::Sensitive => clause.marks.iter().any(|m| m.kind == "sensitive"),
            Kind::Bold => !clause.bold.is_empty(),
            Kind::Attention => self.rules.contains_key(clause.id.as_str()),
        }
    }

    /// The printed numbers that lead to a clause, `一（一）`, or the title of its section.
    pub fn place(&self, clause: &str) -> Option<String> {
        let (_, section) = self.by_clause.get(clause)?;
        let Some(mut at) = *section else { return Some(self.messages.text("card.source").to_owned()) };
        let own = self.section(at)?;
        let mut label = own.number.clone();
        while let Some(parent) = self.parents.get(at).copied().flatten() {
            at = parent;
            let number = self.section(at).map_or("", |s| s.number.as_str());
            // `3.1` under `3` says it all already.
            let said = label.strip_prefix(number).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
            if label.is_empty() || number.is_empty() || said {
                continue;
            }
            let dot = number.ends_with(|c: char| c.is_ascii_digit()) && label.starts_with(|c: char| c.is_ascii_digit());
            label = format!("{number}{}{label}", if dot { "." } else { "" });
        }
        if !own.number.is_empty() && label.chars().count() <= LONGEST_PLACE {
            return Some(label);
        }
        let title = if own.number.is_empty() { self.title(own) } else { own.number.as_str() };
        let short: String = title.chars().take(LONGEST_PLACE).collect();
        Some(if short.len() < title.len() { format!("{short}…") } else { short })
    }
}
