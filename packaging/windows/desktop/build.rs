//! The icon, the manifest and the version of the program, which are those of the program that it opens.

use std::{env, fs, io};

const ICON: &str = "../../../resources/icon/postfordeler.ico";
const MANIFEST: &str = "../postfordeler.manifest";
const PROGRAM: &str = "../../../Cargo.toml";

fn main() -> io::Result<()> {
    for path in ["build.rs", ICON, MANIFEST, PROGRAM] {
        println!("cargo::rerun-if-changed={path}");
    }
    if env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "windows") {
        add_resources()?;
    }
    Ok(())
}

fn add_resources() -> io::Result<()> {
    let version = version()?;
    let parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let number = parts.chain([0, 0, 0]).take(4).fold(0_u64, |number, part: u64| number << 16 | part);
    winresource::WindowsResource::new()
        .set_icon(ICON)
        .set_manifest_file(MANIFEST)
        .set_language(0x0409)
        .set_version_info(winresource::VersionInfo::FILEVERSION, number)
        .set_version_info(winresource::VersionInfo::PRODUCTVERSION, number)
        .set("FileVersion", &version)
        .set("ProductVersion", &version)
        .set("ProductName", "Postfordeler")
        .set("FileDescription", "Postfordeler")
        .set("CompanyName", "Postfordeler")
        .set("OriginalFilename", "Postfordeler.exe")
        .set("InternalName", "Postfordeler")
        .set("LegalCopyright", "Mozilla Public License 2.0")
        .compile()
}

/// The version in the program's Cargo.toml.
fn version() -> io::Result<String> {
    let text = fs::read_to_string(PROGRAM)?;
    let version = text.lines().find_map(|line| line.strip_prefix("version = \""));
    let version = version.ok_or_else(|| io::Error::other("Cargo.toml names no version"))?;
    Ok(version.trim_end_matches('"').to_owned())
}
