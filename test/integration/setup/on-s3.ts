// The suites of the project “integration on S3” are those of “integration”, on the other kind of store.
process.env['TEST_STORAGE'] = 's3';
