//! Errors of vendors.

use app::context::AppError;
use std::time::Duration;
use vendors::{Detail, Elsewhere, Instead, ListingBound, VendorError, Why};

pub(super) fn errors() -> Vec<AppError> {
    let no_more = || Detail::from("no more licenses for you");
    let words = Some(no_more());
    let host = || "portal.example:443".to_owned();
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    let timed_out = || VendorError::TimedOut { host: host(), after: Duration::from_secs(30) };
    let by_login = [
        VendorError::Unauthorized { words: None },
        VendorError::NotFound { words: None },
        VendorError::NotAPortal { what: Instead::HtmlPage },
    ];
    let mut all = Vec::new();
    for provider in ["aidbox", "aica", "dashboard", "system-of-a-newer-version"] {
        all.extend(by_login.iter().map(|source| at(provider, source.clone())));
    }
    let unreachable = [
        Why::Dns,
        Why::Refused,
        Why::CertificateExpired,
        Why::CertificateNotYetValid,
        Why::CertificateOfOtherHost,
        Why::UnknownIssuer,
        Why::SelfSigned,
        Why::ProtocolTooOld,
        Why::Tls,
        Why::Silent,
        Why::Network,
    ];
    let of_proxy = [Why::Refused, Why::ProxyLogin, Why::ProxyDenies];
    let of_aidbox = [
        VendorError::Unauthorized { words: words.clone() },
        VendorError::Rejected { status: 422, words: no_more() },
        VendorError::Rejected { status: 404, words: no_more() },
        VendorError::Unreadable { what: "a list of licenses", detail: "there is no list in it".into() },
        VendorError::NotCarried {
            param: "hosting".into(),
            value: "sandbox".into(),
            elsewhere: Elsewhere::Page("https://aidbox.app"),
        },
        VendorError::NotCarried {
            param: "hosting".into(),
            value: "aws".into(),
            elsewhere: Elsewhere::Guide("run-aidbox-on-aws"),
        },
        VendorError::RateLimited { retry_after: seconds(20) },
        VendorError::RateLimited { retry_after: None },
        VendorError::Interrupted { host: host() },
        timed_out(),
        VendorError::NotAPortal { what: Instead::CaptiveLogin },
        VendorError::NotAPortal { what: Instead::OtherContent("text/plain".to_owned()) },
        VendorError::NotAPortal { what: Instead::Redirected { to: "https://other.example".to_owned() } },
        VendorError::TooLarge { limit: 16 << 20 },
        VendorError::ListingTooLarge { bound: ListingBound::Licenses(200_000) },
        VendorError::ListingTooLarge { bound: ListingBound::Bytes(256 << 20) },
        VendorError::ListingTooLarge { bound: ListingBound::Time(Duration::from_secs(600)) },
        VendorError::Unsupported { what: "creating a license" },
        VendorError::OutcomeUnknown { cause: timed_out().into(), is_over: false },
    ];
    all.extend(unreachable.map(|why| at("aidbox", VendorError::Unreachable { host: host(), why })));
    let of_trust = unreachable.into_iter().filter(|why| why.is_of_trust());
    all.extend(of_trust.map(|why| at("dashboard", VendorError::Unreachable { host: host(), why })));
    let proxy = || "proxy.example:3128".to_owned();
    all.extend(of_proxy.map(|why| at("aidbox", VendorError::ProxyUnreachable { proxy: proxy(), why })));
    all.extend(of_aidbox.map(|source| at("aidbox", source)));
    let of_aica = [
        VendorError::WrongPassword { words: words.clone() },
        VendorError::RefusedBefore { wait: seconds(300) },
        VendorError::RefusedBefore { wait: None },
        VendorError::OneTimeCodeNeeded,
        VendorError::OneTimeCodeWrong,
        VendorError::SignInElsewhere { words: None },
        VendorError::LoginLimited { retry_after: seconds(60) },
        VendorError::LoginLimited { retry_after: None },
        VendorError::SessionExpired,
        VendorError::SwitchedOff { words },
        VendorError::BadSignature { what: "missing" },
        VendorError::BadSignature { what: "date" },
    ];
    all.extend(of_aica.map(|source| at("aica", source)));
    let of_dashboard = [
        VendorError::Forbidden { permission: Some("licensing:write".to_owned()), words: None },
        VendorError::Forbidden { permission: None, words: None },
        VendorError::NotEnterprise,
        VendorError::WrongInstance { sent: "https://box.example/metrics/".to_owned(), words: None },
    ];
    all.extend(of_dashboard.map(|source| at("dashboard", source)));
    all.push(AppError::Login {
        provider: "dashboard".into(),
        address: "https://box.example/metrics".into(),
        source: VendorError::Unreachable { host: "box.example".to_owned(), why: Why::SelfSigned },
    });
    all.push(AppError::Login {
        provider: "dashboard".into(),
        address: "https://box.example/metrics".into(),
        source: VendorError::WrongPassword { words: None },
    });
    all
}

fn at(provider: &str, source: VendorError) -> AppError {
    AppError::Vendor {
        provider: provider.into(),
        account: "north".into(),
        doing: "creating \"box\"".into(),
        source,
    }
}
