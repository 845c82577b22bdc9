-- Once, when the server first starts: the role that owns the tables, the role that the hub works as, the database.
CREATE ROLE hub_owner LOGIN;
CREATE ROLE hub_app LOGIN;
CREATE DATABASE hub OWNER hub_owner;
REVOKE ALL ON DATABASE hub FROM PUBLIC;
GRANT CONNECT ON DATABASE hub TO hub_app;
