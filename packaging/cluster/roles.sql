-- Roles and the database, once, on the primary: psql --file roles.sql. Then the passwords: \password post, \password replication.

-- Until there is a standby, nothing here waits for one.
SET synchronous_commit = local;

-- What routers, windows and the command line come as. It owns the database, since the program makes its tables itself.
CREATE ROLE post LOGIN CONNECTION LIMIT 80;
CREATE DATABASE post OWNER post ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE post FROM PUBLIC;
GRANT CONNECT ON DATABASE post TO post;

-- What people and routers may be, in every database of the server: see the guide. The program says what each may do with its tables.
-- Who sees everything and changes nothing, who edits and publishes, and what takes messages in:
CREATE ROLE postfordeler_reader NOLOGIN;
CREATE ROLE postfordeler_editor NOLOGIN;
CREATE ROLE postfordeler_router NOLOGIN;
-- Such as: CREATE ROLE anna LOGIN IN ROLE postfordeler_editor; GRANT CONNECT ON DATABASE post TO anna;

-- What the standby comes as.
CREATE ROLE replication LOGIN REPLICATION CONNECTION LIMIT 6;

-- What the balancer's health check comes as: it may ask whether the server takes writes, and nothing else.
CREATE ROLE balancer LOGIN CONNECTION LIMIT 8;

-- Asks for the state of both servers.
CREATE ROLE monitor LOGIN IN ROLE pg_monitor CONNECTION LIMIT 4;
