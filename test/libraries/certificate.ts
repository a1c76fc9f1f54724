/** A certificate for the host `server`, signed by itself, and its key: for tests only, made once with openssl. */
export const certificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgZMhypAlHm1ry1A7R
+/Lnok/rTc1cS+Ks+WqFpn0aE1yhRANCAATFA5u1ymjHM73GjxtGMB9m7ruMcAjE
9bzLILhdoLoOIYszrKkO0/06ipRxNYs80weFbygda2GZ//zVM3PYrdq5
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBljCCAT2gAwIBAgIUFw+dhE6MENMkrznvdLiDUttsytIwCgYIKoZIzj0EAwIw
ETEPMA0GA1UEAwwGc2VydmVyMCAXDTI2MTEyMzA4Mzg1M1oYDzIxMjYxMDMwMDgz
ODUzWjARMQ8wDQYDVQQDDAZzZXJ2ZXIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AATFA5u1ymjHM73GjxtGMB9m7ruMcAjE9bzLILhdoLoOIYszrKkO0/06ipRxNYs8
0weFbygda2GZ//zVM3PYrdq5o3EwbzAdBgNVHQ4EFgQUoUXXqRfHKu5Xse7fJVzx
3SgH+EcwHwYDVR0jBBgwFoAUoUXXqRfHKu5Xse7fJVzx3SgH+EcwDwYDVR0TAQH/
BAUwAwEB/zAcBgNVHREEFTATggZzZXJ2ZXKCCWxvY2FsaG9zdDAKBggqhkjOPQQD
AgNHADBEAiA0NDmmZ+y3tR1GViG+2h7e0dRDVhDKZVF3bRnOCSQgBAIgZlxfUFsu
5xJGiIMFB2d1jX/aFyqsrJzNVpP+//Dyknw=
-----END CERTIFICATE-----
`,
};
