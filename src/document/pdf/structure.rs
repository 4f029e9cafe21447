//! What the marks on the pages are, for those who have the document read aloud.

use krilla::tagging::{Identifier, Node as TagNode, TagGroup, TagKind, TagTree};

/// The place of a node among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeNumber(usize);

/// Headings, lists, cells and so on, in the order in which they are read.
#[derive(Debug, Default)]
pub(super) struct Structure {
    nodes: Vec<Node>,
    roots: Vec<NodeNumber>,
}

#[derive(Debug)]
struct Node {
    kind: TagKind,
    nodes: Vec<NodeNumber>,
    /// What is drawn of it, as it comes on the pages.
    drawn: Vec<Identifier>,
}

impl Structure {
    /// A node at the end of the document.
    pub fn root(&mut self, kind: impl Into<TagKind>) -> NodeNumber {
        let number = self.add(kind);
        self.roots.push(number);
        number
    }

    /// A node at the end of another one.
    pub fn within(&mut self, parent: NodeNumber, kind: impl Into<TagKind>) -> NodeNumber {
        let number = self.add(kind);
        self.nodes[parent.0].nodes.push(number);
        number
    }

    fn add(&mut self, kind: impl Into<TagKind>) -> NodeNumber {
        self.nodes.push(Node { kind: kind.into(), nodes: Vec::new(), drawn: Vec::new() });
        NodeNumber(self.nodes.len() - 1)
    }

    /// Something of the node has been drawn.
    pub fn drawn(&mut self, node: NodeNumber, what: Identifier) {
        self.nodes[node.0].drawn.push(what);
    }

    /// The tree of all nodes, each with what is drawn of it.
    pub fn tree(&self, language: &str) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        for root in &self.roots {
            tree.push(self.group(*root));
        }
        tree
    }

    fn group(&self, number: NodeNumber) -> TagGroup {
        let Node { kind, nodes, drawn } = &self.nodes[number.0];
        let drawn = drawn.iter().map(|what| TagNode::from(*what));
        let nodes = nodes.iter().map(|node| TagNode::from(self.group(*node)));
        TagGroup::with_children(kind.clone(), drawn.chain(nodes).collect())
    }
}
