//! What the reader looks like as data: a tree of elements that dom.rs turns into nodes and [`Node::markup`] into text.
//!
//! Tag and attribute names are the program's own (`&'static str`); a policy's words can only become a text or an
//! attribute's value, and both are escaped on the way out.

use crate::view::quoted;

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element with what is in it.
    Element(Element),
    /// Characters.
    Text(String),
}

/// An element with what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Lower-case name.
    pub tag: &'static str,
    /// Name and value; an empty value stands for a bare attribute.
    pub attributes: Vec<(&'static str, String)>,
    /// In order.
    pub children: Vec<Node>,
}

/// An element without attributes or children.
#[must_use]
pub fn element(tag: &'static str) -> Element {
    Element { tag, attributes: Vec::new(), children: Vec::new() }
}

impl Element {
    /// With an attribute more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// With a `class`.
    #[must_use]
    pub fn class(self, value: impl Into<String>) -> Self {
        self.with("class", value)
    }

    /// With a child more.
    #[must_use]
    pub fn child(mut self, child: impl Into<Node>) -> Self {
        self.children.push(child.into());
        self
    }

    /// With children more.
    #[must_use]
    pub fn children<N: Into<Node>>(mut self, children: impl IntoIterator<Item = N>) -> Self {
        self.children.extend(children.into_iter().map(Into::into));
        self
    }

    /// With text more.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.child(Node::Text(text.into()))
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Node::Element(element)
    }
}

impl Node {
    /// As HTML, every text and value escaped.
    #[must_use]
    pub fn markup(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    /// As JSON, for a script that makes elements of it: a text, or `[tag, { attribute: value }, child …]`.
    #[must_use]
    pub fn json(&self) -> String {
        let mut out = String::new();
        self.write_json(&mut out);
        out
    }

    fn write_json(&self, out: &mut String) {
        match self {
            Node::Text(text) => out.push_str(&quoted(text)),
            Node::Element(Element { tag, attributes, children }) => {
                for piece in ["[", &quoted(tag), ",{"] {
                    out.push_str(piece);
                }
                for (at, (name, value)) in attributes.iter().enumerate() {
                    for piece in [if at > 0 { "," } else { "" }, &quoted(name), ":", &quoted(value)] {
                        out.push_str(piece);
                    }
                }
                out.push('}');
                for child in children {
                    out.push(',');
                    child.write_json(out);
                }
                out.push(']');
            }
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Node::Text(text) => escape(text, out),
            Node::Element(Element { tag, attributes, children }) => {
                out.push('<');
                out.push_str(tag);
                for (name, value) in attributes {
                    out.push(' ');
                    out.push_str(name);
                    out.push_str("=\"");
                    escape(value, out);
                    out.push('"');
                }
                out.push('>');
                // The void elements that are used here; the others of HTML are not.
                if matches!(*tag, "input" | "meta") {
                    return;
                }
                for child in children {
                    child.write(out);
                }
                out.push_str("</");
                out.push_str(tag);
                out.push('>');
            }
        }
    }
}

/// One table for texts and values alike; U+0000 has no place in HTML and becomes the replacement character.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\0' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_values_are_escaped() {
        let node: Node = element("p").with("title", "\"'><img src=x onerror=alert(1)>").text("</p><script>&\0").into();
        assert_eq!(
            node.markup(),
            "<p title=\"&quot;&#39;&gt;&lt;img src=x onerror=alert(1)&gt;\">&lt;/p&gt;&lt;script&gt;&amp;\u{FFFD}</p>"
        );
    }

    #[test]
    fn a_script_gets_tags_attributes_and_children() {
        let node: Node = element("p").class("a").with("hidden", "").text("\"x\"").child(element("i")).into();
        assert_eq!(node.json(), r#"["p",{"class":"a","hidden":""},"\"x\"",["i",{}]]"#);
    }

    #[test]
    fn void_elements_are_not_closed() {
        assert_eq!(Node::from(element("input").with("type", "search")).markup(), "<input type=\"search\">");
    }
}
