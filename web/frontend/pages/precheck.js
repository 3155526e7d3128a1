import "./precheck.css";
