use super::not_well_formed::NotWellFormed;

/// Receives what a scanned document consists of. A text may arrive in any number of pieces.
pub(in crate::memo) trait Listener {
    type Error: From<NotWellFormed>;

    fn start(&mut self, uri: &[u8], local: &[u8], is_nil: bool) -> Result<(), Self::Error>;
    fn end(&mut self) -> Result<(), Self::Error>;
    fn text(&mut self, text: &[u8]) -> Result<(), Self::Error>;
    /// A comment or processing instruction begins.
    fn comment_or_instruction(&mut self) -> Result<(), Self::Error>;
    /// A CDATA section begins. Its text follows.
    fn section_start(&mut self) -> Result<(), Self::Error>;
    fn section_end(&mut self);
}
