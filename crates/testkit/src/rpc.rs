//! Calls of a portal that takes methods by name, as its documentation describes them.

use reqwest::{
    Client, RequestBuilder,
    header::{ACCEPT, CONTENT_TYPE},
};
use serde_json::{Value, json};

/// Returns the body of a call: a method, such as `get-licenses`, and its parameters with the project's token.
pub fn body(token: &str, method: &str, mut params: Value) -> Value {
    params["token"] = token.into();
    json!({"method": format!("portal.portal/{method}"), "params": params})
}

/// Returns the request that calls a method of the portal at this root URL, with JSON both ways.
pub fn request(client: &Client, base: &str, token: &str, method: &str, params: Value) -> RequestBuilder {
    let request = client.post(format!("{base}/rpc"));
    let request = request.header(CONTENT_TYPE, "application/json").header(ACCEPT, "application/json");
    request.body(body(token, method, params).to_string())
}
