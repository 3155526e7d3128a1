// The pages of the administration need no script of their own, only their style.
import './admin.css';
