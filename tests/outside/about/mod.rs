//! *Om*: which program this is, the licences of what is in it, and the support file.

mod licences;
mod support_file;
mod window;
