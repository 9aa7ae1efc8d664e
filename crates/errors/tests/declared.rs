//! What the derive makes of the attributes of an enum.

use errors::{Args, Declaration, Kind};
use errors_derive::Declared;
use std::path::PathBuf;

#[derive(Debug, thiserror::Error, Declared)]
enum Inner {
    /// The file is too large.
    #[error("too large")]
    #[declared("too-large", args(path, most = limit + 1), help = "choose another file")]
    TooLarge { path: PathBuf, limit: u64 },
    /// The file is too large.
    #[error("too large: {0:?}")]
    #[declared("too-large", kind = Usage, args(name = _0.as_ref()), detail = "words".to_owned())]
    Named(Option<String>),
}

#[derive(Debug, thiserror::Error, Declared)]
enum Outer {
    #[error(transparent)]
    #[declared(transparent)]
    Inner(#[from] Inner),
    #[error("{account}: {source}")]
    #[declared(of = source, kind = Locked, args(account))]
    Of { account: Box<str>, source: Inner },
    #[error("{0}")]
    #[declared(transparent)]
    Again(Box<Outer>),
    /// You stopped it,
    /// at once.
    ///
    /// Nobody else did.
    #[error("stopped")]
    #[declared("stopped")]
    Stopped,
}

fn too_large() -> Inner {
    Inner::TooLarge { path: "/srv/a".into(), limit: 4 }
}

#[test]
fn a_variant_has_what_it_declares() {
    let error = too_large();
    assert_eq!(
        (error.code(), error.kind(), error.help()),
        ("too-large", Kind::Failed, Some("choose another file"))
    );
    assert_eq!((&error.args()["path"], &error.args()["most"], error.detail()), ("/srv/a", "5", None));
    let named = Inner::Named(Some("b".to_owned()));
    assert_eq!(
        (named.kind(), &named.args()["name"], named.detail()),
        (Kind::Usage, "b", Some("words".to_owned()))
    );
    assert_eq!(Inner::Named(None).args().get("name"), None);
}

#[test]
fn a_wrapper_adds_to_what_it_wraps() {
    let error = Outer::Again(Box::new(Outer::Of { account: "north".into(), source: too_large() }));
    assert_eq!((error.code(), error.kind()), ("too-large", Kind::Locked));
    assert_eq!((&error.args()["account"], &error.args()["path"]), ("north", "/srv/a"));
    assert_eq!(Outer::from(too_large()).kind(), Kind::Failed);
    assert_eq!((Outer::Stopped.args(), Outer::Stopped.help()), (Args::default(), None));
}

#[test]
fn declarations_of_one_code_are_merged() {
    let all = Declaration::by_code(Outer::declarations());
    assert_eq!(all.keys().copied().collect::<Vec<_>>(), ["stopped", "too-large"]);
    assert_eq!(all["stopped"].meaning, "You stopped it, at once.");
    let one = &all["too-large"];
    assert_eq!(one.kinds, [Kind::Failed, Kind::Usage, Kind::Locked].into());
    assert_eq!(one.args, ["account", "most", "name", "path"].into());
    assert_eq!(one.help, Some("choose another file"));
}
