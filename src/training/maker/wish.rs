use super::{Subject, Writer};
use crate::memo::Version;
use crate::rules::{Caseless, Form, Kle, PostType};

/// What messages somebody wants: "3 letters from doctors about sickness benefit". What is not said comes as it comes, in a
/// believable distribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// How many.
    pub count: u32,
    /// Who writes.
    pub writer: Option<Writer>,
    /// What about.
    pub subject: Option<Subject>,
    /// To which contact point.
    pub address: Option<WishedAddress>,
    /// With which number.
    pub number: Option<WishedNumber>,
    /// With which post type.
    pub post_type: Option<PostType>,
    /// Whether it is a reply or a forwarded letter.
    pub shape: Option<Shape>,
    /// In which version of MeMo.
    pub version: Option<Version>,
}

/// To which contact point a message is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum WishedAddress {
    /// To none.
    Nowhere,
    /// To the one with that id, whether there is one or not. Its group, if the authority lists one, is named.
    ContactPoint(Caseless),
    /// To one in that group, whether there is one or not.
    Group(Caseless),
    /// To one that no longer exists.
    Gone,
}

/// With which number a message is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WishedNumber {
    /// With none.
    Missing,
    /// With that KLE number.
    Kle(Kle),
    /// With that FORM number.
    Form(Form),
}

/// What a message is in a correspondence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// A letter that begins one.
    Letter,
    /// The answer to a letter of the authority.
    Reply,
    /// A letter that was written to the sender and belongs to the authority.
    Forwarded,
}

impl Shape {
    /// Every shape, in the order in which screens offer them.
    pub const ALL: [Self; 3] = [Self::Letter, Self::Reply, Self::Forwarded];
}

impl Wish {
    /// So many messages, as they come.
    #[must_use]
    pub fn any(count: u32) -> Self {
        Self {
            count,
            writer: None,
            subject: None,
            address: None,
            number: None,
            post_type: None,
            shape: None,
            version: None,
        }
    }
}
