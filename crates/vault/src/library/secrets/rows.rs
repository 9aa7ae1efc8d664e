//! Reads and opens the rows of the table `secrets`.

use crate::library::{LibraryError, SecretError, SecretKind, SecretOwner};
use crate::seal::DataKey;
use rusqlite::{Connection, OptionalExtension, params};
use zeroize::Zeroizing;

/// A sealed secret, as it is in the library.
pub(in crate::library) fn sealed(
    view: &Connection,
    owner: SecretOwner,
    kind: SecretKind,
) -> Result<Option<Vec<u8>>, LibraryError> {
    let sealed = view
        .prepare_cached("SELECT sealed FROM secrets WHERE owner_kind = ?1 AND owner = ?2 AND kind = ?3")?
        .query_row(params![owner.word(), owner.id(), kind.word()], |row| row.get(0))
        .optional()?;
    Ok(sealed)
}

/// Opens a sealed secret that belongs to a place.
pub(in crate::library) fn open(
    key: &DataKey,
    (owner, kind): (SecretOwner, SecretKind),
    sealed: &[u8],
    place: Option<&str>,
) -> Result<Zeroizing<String>, SecretError> {
    let opened = place.and_then(|place| text_of(key.open(sealed, place)?));
    opened.ok_or(SecretError::Tampered { owner, kind })
}

/// The text of opened bytes.
pub(in crate::library) fn text_of(bytes: Zeroizing<Vec<u8>>) -> Option<Zeroizing<String>> {
    std::str::from_utf8(&bytes).ok().map(|text| Zeroizing::new(text.to_owned()))
}

/// The sealed secrets of an owner, by the stored word of their kind.
pub(in crate::library) fn sealed_rows(
    view: &Connection,
    owner: SecretOwner,
) -> Result<Vec<(String, Vec<u8>)>, LibraryError> {
    let mut statement =
        view.prepare_cached("SELECT kind, sealed FROM secrets WHERE owner_kind = ?1 AND owner = ?2")?;
    let rows =
        statement.query_map(params![owner.word(), owner.id()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
