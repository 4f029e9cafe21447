/// Why the message cannot be had out of a form. Says nothing of what the form holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MultipartError {
    /// The form is not written as it must be, or is not one message; the words say in which way.
    #[error("the multipart/form-data cannot be read: {0}")]
    Format(&'static str),
    /// The connection ended before the form did.
    #[error("the body ended before it was whole")]
    BrokenOff,
}
