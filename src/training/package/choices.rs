/// What is replaced beyond what always is, when rules and a journal are made anonymous.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DisguiseChoices {
    /// Whether the notes of rules and fagsystems and the persons to contact are kept. They may name people.
    pub keeps_notes: bool,
    /// Whether the authorities get made-up names and numbers, and their contact points made-up ids.
    pub renames_authorities: bool,
    /// Whether the contact points' titles, descriptions and groups are replaced by made-up ones.
    pub replaces_point_texts: bool,
}
