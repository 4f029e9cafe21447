/// Something in the command palette.
#[derive(Debug, Clone)]
pub enum PaletteMessage {
    Open,
    /// Offers what the list can be filtered by in the row where the keyboard is.
    FilterBy,
    Close,
    Query(String),
    Step(isize),
    /// Does what stands at that place.
    Do(usize),
    /// Does what is chosen.
    DoChosen,
}
